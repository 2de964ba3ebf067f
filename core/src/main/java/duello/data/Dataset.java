package duello.data;

import java.util.List;

/**
 * Square RGB images of 8 bits with labels, addressed by number. Safe to read from several threads.
 *
 * <p>An image is {@code 3 * resolution * resolution} bytes, planar: all of red, then green, then blue, each row by row.
 */
public interface Dataset {
    /** What reports and run files call it. */
    String name();

    /** How many images; at least 1. */
    int size();

    /** Height and width in pixels. */
    int resolution();

    /** The classes' names in the order of their labels; one name when the images are not labelled. */
    List<String> classes();

    /** The label of image {@code index}, in {@code 0 .. classes().size() - 1}. */
    int label(int index);

    /** Writes image {@code index}, {@code 3 * resolution * resolution} bytes, to {@code into} from {@code offset}. */
    void read(int index, byte[] into, int offset);

    /** A short hexadecimal digest of everything that decides the pixels, labels and their order. */
    String fingerprint();
}
