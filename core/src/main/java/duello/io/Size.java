package duello.io;

/**
 * The size of a picture or plane in pixels; both sides at least 1.
 *
 * @param width pixels in a row
 * @param height rows
 */
public record Size(int width, int height) {
    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("%d x %d is no size".formatted(width, height));
        }
    }

    /** How many whole planes of this size {@code length} values are. */
    int planesIn(int length) {
        long plane = (long) width * height;
        if (length % plane != 0) {
            throw new IllegalArgumentException(
                    "%d values are no whole planes of %d x %d".formatted(length, width, height));
        }
        return (int) (length / plane);
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
