package duello.io;

import java.util.Arrays;

/**
 * A picture of 8 bits a channel.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param planar {@code 3 * width * height} bytes 0 .. 255: all of red, then green, then blue, each row by row; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are handed on, not copied: millions of them pass through here
public record Rgb(int width, int height, byte[] planar) {
    public Rgb {
        if (width < 1 || height < 1 || planar.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%d bytes are no RGB picture of %d x %d".formatted(planar.length, width, height));
        }
    }

    /** How many pixels: the stride from one channel to the next. */
    public int pixels() {
        return width * height;
    }

    /** One channel of one pixel, 0 .. 255. */
    public int value(int channel, int y, int x) {
        return planar[channel * pixels() + y * width + x] & 0xFF;
    }

    /**
     * The part that starts at {@code (left, top)}.
     *
     * @throws IllegalArgumentException if it reaches over an edge
     */
    public Rgb crop(int left, int top, int cropWidth, int cropHeight) {
        if (left < 0 || top < 0 || cropWidth > width - left || cropHeight > height - top) {
            throw new IllegalArgumentException("crop of %d x %d at %d, %d leaves the picture of %d x %d"
                    .formatted(cropWidth, cropHeight, left, top, width, height));
        }
        byte[] out = new byte[3 * cropWidth * cropHeight];
        for (int row = 0; row < 3 * cropHeight; row++) {
            int from = row / cropHeight * pixels() + (top + row % cropHeight) * width + left;
            System.arraycopy(planar, from, out, row * cropWidth, cropWidth);
        }
        return new Rgb(cropWidth, cropHeight, out);
    }

    /**
     * The square in the middle, as wide as the shorter side. The offset {@code (long - short) / 2} is rounded half to
     * even, as Python and so torchvision and PyTorch-StudioGAN round it: 7.5 becomes 8 and 8.5 becomes 8.
     */
    public Rgb centreSquare() {
        int side = Math.min(width, height);
        if (width == height) {
            return this;
        }
        return crop((int) Math.rint((width - side) / 2.0), (int) Math.rint((height - side) / 2.0), side, side);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rgb o && width == o.width && height == o.height && Arrays.equals(planar, o.planar);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(planar);
    }

    @Override
    public String toString() {
        return "Rgb[" + width + " x " + height + "]";
    }
}
