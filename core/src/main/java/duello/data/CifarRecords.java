package duello.data;

import duello.catalog.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of the CIFAR binary version: label bytes, then 3072 pixel bytes, which lie as Duello's do (planar, 32 x 32).
 *
 * @param name of the dataset
 * @param labelBytes how many label bytes a record starts with
 * @param labelAt which of them is taken
 */
record CifarRecords(String name, int labelBytes, int labelAt) {
    static final int SIDE = 32;
    private static final int PIXEL_BYTES = 3 * SIDE * SIDE;
    private static final int MOST_NAME_BYTES = 1 << 16;

    /**
     * The images of {@code order}, one file after the other.
     *
     * @throws Failure if a file is missing, is no whole number of records, or holds a label that no class has
     */
    MemoryDataset read(Map<String, byte[]> files, List<String> order, List<String> classes) {
        int record = labelBytes + PIXEL_BYTES;
        int images = 0;
        for (String file : order) {
            images += count(file, files.get(file), record);
        }
        Pixels pixels = new Pixels(images, SIDE);
        int[] labels = new int[images];
        int at = 0;
        for (String file : order) {
            byte[] bytes = files.getOrDefault(file, new byte[0]);
            for (int from = 0; from < bytes.length; from += record) {
                labels[at] = label(file, bytes[from + labelAt] & 0xFF, from / record, classes.size());
                pixels.write(at++, bytes, from + labelBytes);
            }
        }
        return new MemoryDataset(name, classes, labels, pixels);
    }

    private int count(String file, byte @Nullable [] bytes, int record) {
        if (bytes == null) {
            throw new Failure(
                    "%s: %s is missing; give the folder or .tar.gz of the binary version".formatted(name, file));
        }
        if (bytes.length == 0 || bytes.length % record != 0) {
            throw new Failure(
                    "%s: %s has %d bytes, no whole number of records of %d; it is cut off or not the binary version"
                            .formatted(name, file, bytes.length, record));
        }
        return bytes.length / record;
    }

    private int label(String file, int label, int record, int classes) {
        if (label >= classes) {
            throw new Failure(
                    "%s: %s: record %d has label %d, but there are %d classes; is it the file of another dataset?"
                            .formatted(name, file, record, label, classes));
        }
        return label;
    }

    /** The class names of a file, one a line, or {@code class 0}, {@code class 1}, ... when it is not there. */
    static List<String> names(byte @Nullable [] file, int count) {
        List<String> names = new ArrayList<>();
        if (file != null && file.length <= MOST_NAME_BYTES) {
            new String(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .forEach(names::add);
        }
        if (names.size() != count) {
            names.clear();
            for (int i = 0; i < count; i++) {
                names.add("class " + i);
            }
        }
        return names;
    }
}
