package duello.train;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import duello.io.StoredZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A checkpoint's files as a run with other methods would have left them: other numbers in the discriminator's pickle,
 * whose opcodes are replaced where that of the fixture has them.
 *
 * @param pickle a character a byte
 */
record Remembered(Path fixture, Path discriminator, String pickle) {
    /** Bytes of the instruction that remembers a value: its code and a number of four bytes. */
    private static final int MEMO = 5;

    private static final String NOTHING_YET = "Ma\u001e";

    static Remembered of(Path fixture) {
        Path file = files(fixture, "model=D-").get(0);
        return new Remembered(fixture, file, new String(pickled(file), ISO_8859_1));
    }

    Remembered topK(double k) {
        return replaced(text("topk"), "K@", "topk", k);
    }

    Remembered probability(String name, double p) {
        return replaced(text("aa_p"), text("N/A"), name, p);
    }

    Remembered leCam(double real, double fake) {
        return replaced(text("D_real"), NOTHING_YET, "D_real", real)
                .replaced(text("D_fake"), NOTHING_YET, "D_fake", fake);
    }

    /** Writes {@code name} and a floating point number in the places of a key and what comes behind its memo. */
    private Remembered replaced(String key, String value, String name, double number) {
        int at = pickle.indexOf(key);
        int from = at + key.length() + MEMO;
        if (at < 0 || !pickle.startsWith(value, from)) {
            throw new IllegalStateException("the fixture's pickle is another one");
        }
        String memo = pickle.substring(at + key.length(), from);
        String bytes = new String(ByteBuffer.allocate(8).putDouble(number).array(), ISO_8859_1);
        String now =
                pickle.substring(0, at) + text(name) + memo + "G" + bytes + pickle.substring(from + value.length());
        return new Remembered(fixture, discriminator, now);
    }

    private static String text(String ascii) {
        return "X" + (char) ascii.length() + "\0\0\0" + ascii;
    }

    /** Puts all files of the checkpoint into an empty folder. */
    void write(Path folder) {
        try {
            for (Path file : files(fixture, "model=")) {
                Path copy = folder.resolve(String.valueOf(file.getFileName()));
                if (file.equals(discriminator)) {
                    rewrite(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewrite(Path copy) throws IOException {
        try (ZipFile in = new ZipFile(discriminator.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                StoredZip.add(out, entry.getName(), isPickle(entry) ? pickle.getBytes(ISO_8859_1) : content(in, entry));
            }
        }
    }

    private static byte[] pickled(Path file) {
        try (ZipFile in = new ZipFile(file.toFile())) {
            ZipEntry entry =
                    in.stream().filter(Remembered::isPickle).findFirst().orElseThrow();
            return content(in, entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static boolean isPickle(ZipEntry entry) {
        return entry.getName().endsWith("/data.pkl");
    }

    private static List<Path> files(Path folder, String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> String.valueOf(f.getFileName()).startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
