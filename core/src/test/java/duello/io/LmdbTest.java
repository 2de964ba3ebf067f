package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbTest {
    private static final int MOST = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void keysAndValuesAreThoseThatPythonReads() throws IOException {
        Map<String, byte[]> all = all(file("lsun"));
        StringBuilder read = new StringBuilder();
        all.forEach((key, value) -> read.append("%s %d %08x%n".formatted(key, value.length, crc(value))));
        assertThat(read.toString()).isEqualToNormalizingNewlines("""
                1b6453892473a467d07372d45eb05abc2031647a 7292 5608fdef
                356a192b7913b04c54574d18c28d46e6395428ab 866 9c6bdb32
                77de68daecd823babbb58edb1c8e14d7106e83bb 6245 cdbdf18f
                ac3478d69a3c81fa62e60f5c3696165a4e5e6ac4 18 6c4a5bb5
                b6589fc6ab0dc82cf12099d1c2d40ab994e8410c 412 92ae5ffe
                da4b9237bacccdf19c0760cab7aec4a8359010b0 2221 e5fbc8d4
                """);
    }

    @Test
    void aTreeOfThreeLevelsIsWalkedInTheOrderOfKeys() throws IOException {
        Map<String, byte[]> all = all(file("deep"));
        assertThat(all).hasSize(60);
        int i = 0;
        for (Map.Entry<String, byte[]> entry : all.entrySet()) {
            assertThat(entry.getKey()).isEqualTo("%04d".formatted(i) + "k".repeat(480));
            assertThat(new String(entry.getValue(), StandardCharsets.US_ASCII)).isEqualTo(String.valueOf(i * i));
            i++;
        }
    }

    @Test
    void pagesOfAnotherSizeAreRead() throws IOException {
        Map<String, byte[]> all = all(file("pages16k"));
        assertThat(all.keySet()).containsExactly("key0", "key1", "key2", "key3", "key4");
        int i = 0;
        for (byte[] value : all.values()) {
            assertThat(value).hasSize(i == 2 ? 20_000 : 100 * i + 1);
            for (int j = 0; j < value.length; j++) {
                assertThat(value[j]).isEqualTo((byte) (7 * (j + (i == 2 ? 0 : i))));
            }
            i++;
        }
    }

    @Test
    void anEmptyDatabaseHasNoEntries() throws IOException {
        Lmdb empty = Lmdb.open(file("empty"));
        assertThat(empty.entries()).isZero();
        empty.walk((key, place) -> {
            throw new AssertionError(key);
        });
    }

    @Test
    void keysThatAreNoTextAreShownAsBytes() {
        assertThat(Lmdb.text(new byte[] {'a', 0x1B, '%', (byte) 0xFF, '\n', '-', '9'}))
                .isEqualTo("a%1B%25%FF%0A-9");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws IOException {
        refused(folder.resolve("none"), "no such file");
        refused(folder, "cannot be read");
        refused(write(new byte[0]), "is no LMDB database (it has only 0 bytes)");
        refused(write(new byte[9000]), "is no LMDB database (data.mdb");
    }

    @Test
    void aValueLongerThanAllowedIsRefusedByItsKey() throws IOException {
        Lmdb database = Lmdb.open(file("pages16k"));
        database.walk((key, place) -> {
            if (key.equals("key2")) {
                assertThatThrownBy(() -> database.value(place, 19_999))
                        .isInstanceOf(Failure.class)
                        .hasMessageEndingWith("data.mdb, key key2: has 20000 bytes, too many for a picture");
            }
        });
    }

    /** LMDB itself ends the process here. */
    @Test
    void aFileThatIsCutOffIsRefusedWhereverItEnds() throws IOException {
        for (String name : new String[] {"lsun", "deep", "pages16k"}) {
            Path whole = file(name);
            byte[] bytes = Files.readAllBytes(whole);
            Map<String, byte[]> expected = all(whole);
            int failures = 0;
            for (int length = 0; length < bytes.length; length += 1021) {
                Path cut = write(Arrays.copyOf(bytes, length));
                try {
                    assertThat(all(cut)).as("only unused pages are missing").containsExactlyEntriesOf(expected);
                } catch (Failure e) {
                    failures++;
                    assertThat(e.getMessage()).startsWith(cut.toString()).doesNotContain("\n");
                }
            }
            assertThat(failures).as(name).isGreaterThan(bytes.length / 1021 / 2);
        }
    }

    @Test
    void halfOfADownloadIsSaidToBeCutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(file("deep"));
        refused(write(Arrays.copyOf(bytes, bytes.length / 2)), "is cut off: it has 32768 bytes", "fetch it again");
    }

    @Test
    void whateverIsDamagedNothingButAFailureComesOfIt() throws IOException {
        Random random = new Random(11);
        for (String name : new String[] {"lsun", "deep", "pages16k"}) {
            byte[] bytes = Files.readAllBytes(file(name));
            int pageSize = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(40);
            int failures = 0;
            for (int round = 0; round < 400; round++) {
                byte[] damaged = bytes.clone();
                for (int edit = 0; edit < 1 + random.nextInt(30); edit++) {
                    int page = random.nextInt(bytes.length / pageSize) * pageSize;
                    damaged[page + random.nextInt(random.nextBoolean() ? 160 : pageSize)] = (byte) random.nextInt();
                }
                try {
                    all(write(damaged));
                } catch (Failure e) {
                    failures++;
                    assertThat(e.getMessage()).doesNotContain("\n");
                }
            }
            assertThat(failures).as(name).isGreaterThan(40);
        }
    }

    @Test
    void pagesThatPointInACircleAreNotFollowedForEver() throws IOException {
        Meta meta = meta("deep");
        int root = (int) (meta.root * 4096);
        refused(edited("deep", b -> setChild(b, root, 0, meta.root)), "not what points at it takes it for");
        refused(edited("deep", b -> setChild(b, root, 1, child(b, root, 0))), "keys that do not ascend");
        refused(edited("deep", b -> setChild(b, root, 1, 1)), "it points at page 1");
        refused(edited("deep", b -> setChild(b, root, 1, 1L << 40)), "is cut off");
    }

    @Test
    void whatTheMetaPageClaimsIsNotBelieved() throws IOException {
        refused(inMeta("deep", (b, at) -> b.putInt(at + 20, 999)), "is of version 999");
        refused(edited("deep", b -> b.putInt(40, 1 << 30)), "pages of 1073741824 bytes");
        refused(edited("deep", b -> b.putInt(4096 + 40, 8192)), "disagree");
        refused(edited("deep", b -> b.putInt(4096 + 16, 0)), "second meta page");
        refused(inMeta("deep", (b, at) -> b.putShort(at + 92, (short) 4)), "keeps several values for a key");
        refused(inMeta("deep", (b, at) -> b.putShort(at + 94, (short) 33)), "a tree of 33 levels");
        refused(inMeta("deep", (b, at) -> b.putShort(at + 94, (short) 2)), "not what points at it takes it for");
        refused(inMeta("deep", (b, at) -> b.putLong(at + 120, 61)), "61 entries, but there are 60");
        refused(inMeta("deep", (b, at) -> b.putLong(at + 120, Long.MAX_VALUE)), "more than its 65536 bytes can hold");
        refused(inMeta("deep", (b, at) -> b.putLong(at + 128, -2)), "damaged");
    }

    @Test
    void aDamagedValueIsNamedByItsKeyAndTheOthersAreRead() throws IOException {
        String key = "77de68daecd823babbb58edb1c8e14d7106e83bb";
        byte[] value = Objects.requireNonNull(all(file("lsun")).get(key));
        Path path = edited("lsun", b -> b.putInt(find(b.array(), value) - 4, 1));
        Lmdb database = Lmdb.open(path);
        Map<String, String> failed = new LinkedHashMap<>();
        database.walk((k, place) -> {
            try {
                database.value(place, MOST);
            } catch (Failure e) {
                failed.put(k, String.valueOf(e.getMessage()));
            }
        });
        assertThat(failed).containsOnlyKeys(key);
        assertThat(failed.get(key)).startsWith(path + ", key " + key + ": its value is damaged (page ");
    }

    private record Meta(int at, long root) {}

    private interface MetaEdit {
        void apply(ByteBuffer bytes, int at);
    }

    private Meta meta(String name) throws IOException {
        ByteBuffer bytes = little(Files.readAllBytes(file(name)));
        int at = bytes.getLong(4096 + 144) > bytes.getLong(144) ? 4096 : 0;
        return new Meta(at, bytes.getLong(at + 128));
    }

    private Path inMeta(String name, MetaEdit edit) throws IOException {
        int at = meta(name).at;
        return edited(name, b -> edit.apply(b, at));
    }

    private Path edited(String name, Consumer<ByteBuffer> edit) throws IOException {
        ByteBuffer bytes = little(Files.readAllBytes(file(name)));
        edit.accept(bytes);
        return write(bytes.array());
    }

    private static long child(ByteBuffer bytes, int page, int index) {
        return bytes.getInt(page + bytes.getShort(page + 16 + 2 * index));
    }

    private static void setChild(ByteBuffer bytes, int page, int index, long child) {
        int node = page + bytes.getShort(page + 16 + 2 * index);
        bytes.putInt(node, (int) child).putShort(node + 4, (short) (child >>> 32));
    }

    private static int find(byte[] in, byte[] what) {
        return new String(in, StandardCharsets.ISO_8859_1).indexOf(new String(what, StandardCharsets.ISO_8859_1));
    }

    private static void refused(Path file, String... why) {
        assertThatThrownBy(() -> all(file))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(why)
                .hasMessageNotContaining("\n");
    }

    private static Map<String, byte[]> all(Path file) {
        Lmdb database = Lmdb.open(file);
        Map<String, byte[]> all = new LinkedHashMap<>();
        database.walk((key, place) -> {
            assertThat(database.key(place)).isEqualTo(key);
            all.put(key, database.value(place, MOST));
        });
        return all;
    }

    private Path file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(LmdbTest.class.getResourceAsStream("/lmdb/" + name + ".mdb"))) {
            return write(in.readAllBytes());
        }
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("data.mdb"), bytes);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
