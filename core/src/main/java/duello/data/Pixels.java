package duello.data;

import java.security.MessageDigest;
import java.util.Objects;

/**
 * The bytes of many images of one size, in as many arrays as it takes to pass Java's limit of 2 GiB for one.
 *
 * <p>Different images may be written from different threads; who reads must be ordered after who wrote, as by a join.
 */
public final class Pixels {
    private static final int CHUNK_BYTES = 1 << 28;

    private final int images;
    private final int imageBytes;
    private final int resolution;
    private final int imagesPerChunk;
    private final byte[][] chunks;

    /**
     * Room for {@code images} black images of {@code 3 * resolution * resolution} bytes each.
     *
     * @throws IllegalArgumentException if there is no image, or one image does not fit in an array
     */
    public Pixels(int images, int resolution) {
        this(images, resolution, CHUNK_BYTES);
    }

    Pixels(int images, int resolution, int chunkBytes) {
        if (images < 1) {
            throw new IllegalArgumentException("a dataset needs at least 1 image, not " + images);
        }
        if (resolution < 1 || resolution > 8192) {
            throw new IllegalArgumentException("resolution " + resolution + " is not between 1 and 8192 pixels");
        }
        this.images = images;
        this.resolution = resolution;
        this.imageBytes = 3 * resolution * resolution;
        this.imagesPerChunk = Math.max(1, chunkBytes / imageBytes);
        int count = (int) (((long) images + imagesPerChunk - 1) / imagesPerChunk);
        this.chunks = new byte[count][];
        for (int c = 0; c < count; c++) {
            long here = Math.min(imagesPerChunk, images - (long) c * imagesPerChunk);
            chunks[c] = new byte[(int) (here * imageBytes)];
        }
    }

    /** How many images there is room for. */
    public int images() {
        return images;
    }

    /** Height and width in pixels. */
    public int resolution() {
        return resolution;
    }

    /** Takes image {@code index} from {@code from}, planar, starting at {@code offset}. */
    public void write(int index, byte[] from, int offset) {
        Objects.checkIndex(index, images);
        System.arraycopy(from, offset, chunks[index / imagesPerChunk], place(index), imageBytes);
    }

    /** Copies image {@code index} to {@code into}, planar, starting at {@code offset}. */
    public void read(int index, byte[] into, int offset) {
        Objects.checkIndex(index, images);
        System.arraycopy(chunks[index / imagesPerChunk], place(index), into, offset, imageBytes);
    }

    private int place(int index) {
        return index % imagesPerChunk * imageBytes;
    }

    void digest(MessageDigest digest) {
        for (byte[] chunk : chunks) {
            digest.update(chunk);
        }
    }
}
