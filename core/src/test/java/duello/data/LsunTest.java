package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.io.ImageOptions;
import duello.io.Images;
import duello.io.Lmdb;
import duello.io.PillowResampler;
import duello.io.PillowResampler.Filter;
import duello.io.Rgb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LsunTest {
    private static final String NO_PICTURE = "ac3478d69a3c81fa62e60f5c3696165a4e5e6ac4";

    @TempDir
    Path root;

    private Path bridge;

    @BeforeEach
    void unpack() throws IOException {
        bridge = Files.createDirectory(root.resolve("bridge_train_lmdb"));
        try (InputStream in = Objects.requireNonNull(LsunTest.class.getResourceAsStream("/lmdb/lsun.mdb"))) {
            Files.copy(in, bridge.resolve("data.mdb"));
        }
    }

    @Test
    void picturesComeInTheOrderOfKeysWhateverTheirFormat() {
        Lmdb database = Lmdb.open(bridge.resolve("data.mdb"));
        List<Rgb> pictures = new ArrayList<>();
        database.walk((key, place) -> {
            if (!key.equals(NO_PICTURE)) {
                pictures.add(Images.decode(database.value(place, Images.MAX_BYTES), key, ImageOptions.DEFAULT));
            }
        });
        for (Crop crop : Crop.values()) {
            Dataset dataset = lsun(root, "", crop, OnCorrupt.SKIP, 100).open(Split.TRAIN);
            assertThat(dataset.size()).isEqualTo(5);
            assertThat(dataset.classes()).containsExactly("bridge");
            for (int i = 0; i < 5; i++) {
                Rgb whole = pictures.get(i);
                Rgb square = crop == Crop.CENTER ? whole.centreSquare() : whole;
                assertThat(read(dataset, i))
                        .as("%s %d", crop, i)
                        .isEqualTo(PillowResampler.resize(square, 16, 16, Filter.BOX)
                                .planar());
            }
        }
    }

    @Test
    void readingLazilyGivesTheSameImagesAndReplacesBrokenOnes() {
        Dataset memory = lsun(bridge, "", Crop.CENTER, OnCorrupt.SKIP, 100).open(Split.TRAIN);
        Dataset lazy = lsun(bridge, "", Crop.CENTER, OnCorrupt.SKIP, 0).open(Split.TRAIN);
        assertThat(lazy).isInstanceOf(LazyPictures.class);
        assertThat(lazy.size()).isEqualTo(6);
        int[] same = {0, 1, 2, 3, 3, 4};
        for (int i = 0; i < 6; i++) {
            assertThat(read(lazy, i)).isEqualTo(read(memory, same[i]));
        }
        Dataset stretched = lsun(bridge, "", Crop.STRETCH, OnCorrupt.SKIP, 0).open(Split.TRAIN);
        assertThat(stretched.fingerprint()).isNotEqualTo(lazy.fingerprint());
    }

    @Test
    void anInterruptWhileReadingIsNoFaultOfThePicture() {
        Dataset lazy = lsun(bridge, "", Crop.CENTER, OnCorrupt.SKIP, 0).open(Split.TRAIN);
        byte[] before = read(lazy, 0);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read(lazy, 0)).isInstanceOf(Failure.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(lazy, 0)).isEqualTo(before);
    }

    @Test
    void aBrokenPictureIsNamedByItsKey() {
        for (int memory : new int[] {0, 100}) {
            assertThatThrownBy(() -> read(
                            lsun(bridge, "", Crop.CENTER, OnCorrupt.REFUSE, memory)
                                    .open(Split.TRAIN),
                            3))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("data.mdb, key " + NO_PICTURE + ": is no PNG, JPEG, WebP")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aCategoryIsFoundBySeveralNames() throws IOException {
        Path data = bridge.resolve("data.mdb");
        for (Path path : List.of(root, bridge, data)) {
            assertThat(Lsun.isAt(path)).isTrue();
            assertThat(lsun(path, "").open(Split.TRAIN).name()).isEqualTo("bridge");
        }
        assertThat(lsun(root, "bridge").open(Split.TRAIN).size()).isEqualTo(5);
        assertThat(Lsun.isAt(Files.createDirectory(root.resolve("other")))).isFalse();
        assertThat(Lsun.isAt(root.resolve("none"))).isFalse();
    }

    @Test
    void theDatabaseOfValidationIsTakenWhereThereIsOne() throws IOException {
        TreeMap<String, byte[]> two = new TreeMap<>();
        two.put("0a", picture(20, 20, 1));
        two.put("0b", picture(20, 20, 2));
        write(root.resolve("bridge_val_lmdb"), two);
        assertThat(lsun(root, "bridge").open(Split.VALIDATION).size()).isEqualTo(2);
        assertThat(with(bridge, 0.5, 0).open(Split.TRAIN).size())
                .as("nothing more is held back")
                .isEqualTo(5);
        FolderReport report = Lsun.inspect("lsun", root, ProgressListener.NONE);
        assertThat(report.classes()).containsExactly(new FolderReport.ClassCount("bridge", 7));
        assertThat(report.bad()).hasSize(1);
        assertThat(report.bad().get(0).name()).endsWith("key " + NO_PICTURE);
        assertThat(report.bad().get(0).reason()).startsWith("is no PNG");
        assertThat(report.recipe()).contains("type: lsun", root.toString());
    }

    @Test
    void elseAPartIsHeldBackAndTheRestMayBeLimited() throws IOException {
        TreeMap<String, byte[]> twenty = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            twenty.put("%02x".formatted(i), picture(8, 8, i));
        }
        Path tower = root.resolve("tower_lmdb");
        write(tower, twenty);
        Set<String> held = images(with(tower, 0.25, 0).open(Split.VALIDATION));
        Set<String> train = images(with(tower, 0.25, 0).open(Split.TRAIN));
        assertThat(held).hasSize(5).doesNotContainAnyElementsOf(train);
        assertThat(train).hasSize(15);
        Dataset three = with(tower, 0.25, 3).open(Split.TRAIN);
        assertThat(three.size()).isEqualTo(3);
        assertThat(train).containsAll(images(three));
        assertThat(read(three, 0)).isEqualTo(read(with(tower, 0.25, 0).open(Split.TRAIN), 0));
        assertThatThrownBy(() -> with(tower, 0, 0).open(Split.VALIDATION)).hasMessageContaining("raise 'validation'");
    }

    @Test
    void fewShotDatabasesGiveTheSizeThatNeedNotBeEnlarged() throws IOException {
        TreeMap<String, byte[]> sizes = new TreeMap<>();
        for (int size : new int[] {8, 24, 40}) {
            for (int i = 0; i < 3; i++) {
                sizes.put("%d-%05d".formatted(size, i), picture(size, size, size + i));
            }
        }
        sizes.put("length", new byte[] {'3'});
        Path sketches = root.resolve("sketches");
        write(sketches, sizes);
        Dataset dataset = lsun(sketches, "").open(Split.TRAIN);
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.classes()).containsExactly("sketches");
        Rgb expected = Images.decode(picture(24, 24, 24), "", ImageOptions.DEFAULT);
        assertThat(read(dataset, 0))
                .isEqualTo(PillowResampler.resize(expected, 16, 16, Filter.BOX).planar());
    }

    @Test
    void whatCannotBeOpenedIsSaidInOneLine() throws IOException {
        refused(root, "bridg", "has no category 'bridg'", "there are: bridge");
        refused(bridge, "tower", "is the database of 'bridge', not of category 'tower'");
        refused(root.resolve("none"), "", "no such folder");
        Path empty = Files.createDirectory(root.resolve("empty"));
        refused(empty, "", "holds neither data.mdb nor folders such as bedroom_train_lmdb");
        Path tower = root.resolve("tower_train_lmdb");
        write(tower, new TreeMap<>());
        refused(root, "", "holds several categories: bridge, tower", "category: bridge");
        refused(tower, "", "damaged");
        try (InputStream in = Objects.requireNonNull(LsunTest.class.getResourceAsStream("/lmdb/empty.mdb"))) {
            Files.write(tower.resolve("data.mdb"), in.readAllBytes());
        }
        refused(tower, "", "is an empty database");
        Files.writeString(tower.resolve("data.mdb"), "not a database".repeat(100));
        refused(tower, "", "is no LMDB database");
        byte[] whole = Files.readAllBytes(bridge.resolve("data.mdb"));
        Files.write(tower.resolve("data.mdb"), Arrays.copyOf(whole, whole.length / 2));
        refused(tower, "", "is cut off");
    }

    private static void refused(Path path, String category, String... why) {
        assertThatThrownBy(() -> lsun(path, category).open(Split.TRAIN))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContainingAll(why)
                .hasMessageNotContaining("\n");
    }

    private static Lsun lsun(Path path, String category) {
        return new Lsun(path.toString(), category, 16, Crop.CENTER, Filter.BOX, 0, 0, OnCorrupt.SKIP, 100);
    }

    private static Lsun lsun(Path path, String category, Crop crop, OnCorrupt onCorrupt, int memory) {
        return new Lsun(path.toString(), category, 16, crop, Filter.BOX, 0, 0, onCorrupt, memory);
    }

    private static Lsun with(Path path, double validation, int count) {
        return new Lsun(path.toString(), "", 16, Crop.CENTER, Filter.BOX, count, validation, OnCorrupt.SKIP, 100);
    }

    private static void write(Path folder, TreeMap<String, byte[]> entries) throws IOException {
        Files.write(Files.createDirectory(folder).resolve("data.mdb"), LmdbLeaf.of(entries));
    }

    private static Set<String> images(Dataset dataset) {
        Set<String> images = new HashSet<>();
        for (int i = 0; i < dataset.size(); i++) {
            images.add(Arrays.toString(read(dataset, i)));
        }
        return images;
    }

    private static byte[] read(Dataset dataset, int index) {
        byte[] image = new byte[3 * 16 * 16];
        dataset.read(index, image, 0);
        return image;
    }

    /** One colour, its own for each number, but for a line that resizing shows. */
    private static byte[] picture(int width, int height, int number) {
        byte[] planar = new byte[3 * width * height];
        Arrays.fill(planar, (byte) (number * 5));
        Arrays.fill(planar, width, 2 * width, (byte) 200);
        return Images.encodePng(new Rgb(width, height, planar));
    }
}
