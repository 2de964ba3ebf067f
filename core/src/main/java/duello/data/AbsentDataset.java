package duello.data;

import java.util.List;

/**
 * Stands for training images that are not there, where only their size and classes matter: networks can be built for it,
 * but no image can be read.
 *
 * @param resolution height and width in pixels
 * @param classes the classes' names in the order of their labels
 */
public record AbsentDataset(int resolution, List<String> classes) implements Dataset {
    /** The fingerprint of images that nobody has seen. */
    public static final String UNKNOWN = "unknown";

    public AbsentDataset {
        classes = List.copyOf(classes);
    }

    @Override
    public String name() {
        return "absent";
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public int label(int index) {
        throw new IllegalStateException("these images are not there");
    }

    @Override
    public void read(int index, byte[] into, int offset) {
        throw new IllegalStateException("these images are not there");
    }

    @Override
    public String fingerprint() {
        return UNKNOWN;
    }
}
