package duello.io;

/**
 * How pictures are decoded.
 *
 * @param background what shines through transparent pixels
 * @param minSide the shortest side accepted, in pixels, at least 1
 */
public record ImageOptions(Background background, int minSide) {
    /** On white, at least 2 pixels a side: a picture of one pixel is a tracking pixel or a placeholder. */
    public static final ImageOptions DEFAULT = new ImageOptions(Background.WHITE, 2);

    public ImageOptions {
        if (minSide < 1) {
            throw new IllegalArgumentException("minSide " + minSide);
        }
    }
}
