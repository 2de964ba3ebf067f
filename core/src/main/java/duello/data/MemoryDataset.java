package duello.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A dataset whose images all lie in memory as 8 bit values.
 *
 * <p>Its fingerprint is computed from the classes, the labels and the pixels themselves, so two datasets share one
 * exactly when they hold the same images in the same order, wherever they came from.
 */
public final class MemoryDataset implements Dataset {
    private static final int FINGERPRINT_BYTES = 8;

    private final String name;
    private final List<String> classes;
    private final int[] labels;
    private final Pixels pixels;
    private final String fingerprint;

    /**
     * @param name what reports call it
     * @param classes the classes' names in the order of their labels; at least one
     * @param labels one per image, each in {@code 0 .. classes.size() - 1}
     * @param pixels the finished images; not to be written any more
     * @throws IllegalArgumentException if the labels do not fit the images or the classes
     */
    public MemoryDataset(String name, List<String> classes, int[] labels, Pixels pixels) {
        if (labels.length != pixels.images()) {
            throw new IllegalArgumentException(labels.length + " labels for " + pixels.images() + " images");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes.size()) {
                throw new IllegalArgumentException(
                        "image " + i + " has label " + labels[i] + ", but there are " + classes.size() + " classes");
            }
        }
        this.name = name;
        this.classes = List.copyOf(classes);
        this.labels = labels.clone();
        this.pixels = pixels;
        this.fingerprint = digest();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int resolution() {
        return pixels.resolution();
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public void read(int index, byte[] into, int offset) {
        pixels.read(index, into, offset);
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private String digest() {
        MessageDigest digest = sha256();
        ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * (labels.length + 2));
        numbers.putInt(pixels.resolution()).putInt(classes.size());
        for (int label : labels) {
            numbers.putInt(label);
        }
        digest.update(numbers.array());
        for (String c : classes) {
            digest.update((c + "\n").getBytes(StandardCharsets.UTF_8));
        }
        pixels.digest(digest);
        return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
