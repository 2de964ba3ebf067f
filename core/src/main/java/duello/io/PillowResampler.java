package duello.io;

/**
 * Resizing as Pillow does it, which is what the published scores of GANs were computed with: every output sees a window
 * that widens when shrinking (antialiasing); the horizontal pass comes first, a pass that changes nothing is left out.
 *
 * <p>{@link #resize} repeats Pillow's arithmetic on 8 bits byte for byte: weights of 22 fractional bits, sums that start at
 * one half, an intermediate picture of 8 bits. {@link #resizeFloat} repeats its 32-bit float mode, which evaluation uses:
 * weights and sums in double, float after each pass, no clipping, so overshoot is kept.
 *
 * <p>Source: the algorithm of Pillow's {@code Image.resize}; Parmar, Zhang and Zhu, On Aliased Resizing and Surprising
 * Subtleties in GAN Evaluation, CVPR 2022, arXiv:2104.11222 (why it matters for scores).
 */
public final class PillowResampler {
    private static final int BITS = 22;

    private PillowResampler() {}

    /** Pillow's filters; {@link #NEAREST} copies one pixel and never mixes. */
    public enum Filter {
        NEAREST(0),
        BOX(0.5),
        BILINEAR(1),
        HAMMING(1),
        /** Keys' cubic with a = -0.5 (other libraries take -0.75). */
        BICUBIC(2),
        LANCZOS(3);

        private final double radius;

        Filter(double radius) {
            this.radius = radius;
        }

        /** Half the width of the window in pixels of the coarser grid. */
        double radius() {
            return radius;
        }

        double at(double t) {
            double u = Math.abs(t);
            return switch (this) {
                case NEAREST -> throw new IllegalStateException("nearest has no weights");
                case BOX -> t > -0.5 && t <= 0.5 ? 1 : 0;
                case BILINEAR -> u < 1 ? 1 - u : 0;
                case HAMMING -> u < 1 ? sinc(u) * (0.54 + 0.46 * Math.cos(Math.PI * u)) : 0;
                case BICUBIC -> cubic(u);
                case LANCZOS -> t >= -3 && t < 3 ? sinc(t) * sinc(t / 3) : 0;
            };
        }

        private static double cubic(double u) {
            double a = -0.5;
            if (u < 1) {
                return ((a + 2) * u - (a + 3)) * u * u + 1;
            }
            return u < 2 ? (((u - 5) * u + 8) * u - 4) * a : 0;
        }

        private static double sinc(double t) {
            return t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
        }
    }

    /**
     * Resizes a picture of 8 bits, exactly as Pillow.
     *
     * @return a picture of {@code width} x {@code height}; the same object when it has that size already
     * @throws IllegalArgumentException if a side is below 1
     */
    public static Rgb resize(Rgb image, int width, int height, Filter filter) {
        requireSides(width, height);
        if (width == image.width() && height == image.height()) {
            return image;
        }
        if (filter == Filter.NEAREST) {
            return nearest(image, width, height);
        }
        Rgb wide = width == image.width() ? image : horizontal(image, width, filter);
        return height == wide.height() ? wide : vertical(wide, height, filter);
    }

    /** The square in the middle ({@link Rgb#centreSquare}), resized to {@code side} x {@code side}. */
    public static Rgb squareTo(Rgb image, int side, Filter filter) {
        return resize(image.centreSquare(), side, side, filter);
    }

    /**
     * Resizes planes of floats as Pillow's mode F. Nothing is clipped: bicubic and Lanczos overshoot.
     *
     * @param planes {@code [planes, height, width]} of {@code from}, any range
     * @return {@code [planes, height, width]} of {@code to}; the same array when the size is unchanged
     * @throws IllegalArgumentException if the array is not a whole number of planes, or for {@link Filter#NEAREST}
     */
    public static float[] resizeFloat(float[] planes, Size from, Size to, Filter filter) {
        if (filter == Filter.NEAREST) {
            throw new IllegalArgumentException("the float mode has no nearest filter");
        }
        int count = from.planesIn(planes.length);
        if (from.equals(to)) {
            return planes;
        }
        float[] wide = planes;
        if (from.width() != to.width()) {
            wide = rows(
                    planes, count * from.height(), from.width(), ResampleWeights.of(from.width(), to.width(), filter));
        }
        if (from.height() == to.height()) {
            return wide;
        }
        return columns(
                wide, new Size(to.width(), from.height()), ResampleWeights.of(from.height(), to.height(), filter));
    }

    private static void requireSides(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("cannot resize to %d x %d".formatted(width, height));
        }
    }

    private static Rgb nearest(Rgb image, int width, int height) {
        byte[] out = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        double sx = (double) image.width() / width;
        double sy = (double) image.height() / height;
        int at = 0;
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < height; y++) {
                int row = channel * image.pixels() + ((int) ((y + 0.5) * sy)) * image.width();
                for (int x = 0; x < width; x++) {
                    out[at++] = image.planar()[row + (int) ((x + 0.5) * sx)];
                }
            }
        }
        return new Rgb(width, height, out);
    }

    private static Rgb horizontal(Rgb image, int width, Filter filter) {
        ResampleWeights w = ResampleWeights.of(image.width(), width, filter);
        int[] weight = w.fixedPoint(BITS);
        byte[] in = image.planar();
        int rows = 3 * image.height();
        byte[] out = new byte[Math.multiplyExact(rows, width)];
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < width; x++) {
                int from = row * image.width() + w.first()[x];
                int sum = 1 << (BITS - 1);
                for (int i = 0; i < w.count()[x]; i++) {
                    sum += (in[from + i] & 0xFF) * weight[x * w.stride() + i];
                }
                out[row * width + x] = clip(sum);
            }
        }
        return new Rgb(width, image.height(), out);
    }

    private static Rgb vertical(Rgb image, int height, Filter filter) {
        ResampleWeights w = ResampleWeights.of(image.height(), height, filter);
        int[] weight = w.fixedPoint(BITS);
        int width = image.width();
        byte[] in = image.planar();
        byte[] out = new byte[Math.multiplyExact(3 * width, height)];
        int[] sums = new int[width];
        for (int row = 0; row < 3 * height; row++) {
            int y = row % height;
            int from = row / height * image.pixels() + w.first()[y] * width;
            java.util.Arrays.fill(sums, 1 << (BITS - 1));
            for (int i = 0; i < w.count()[y]; i++) {
                int k = weight[y * w.stride() + i];
                for (int x = 0; x < width; x++) {
                    sums[x] += (in[from + i * width + x] & 0xFF) * k;
                }
            }
            for (int x = 0; x < width; x++) {
                out[row * width + x] = clip(sums[x]);
            }
        }
        return new Rgb(width, height, out);
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> BITS));
    }

    private static float[] rows(float[] in, int rows, int width, ResampleWeights w) {
        int to = w.first().length;
        float[] out = new float[Math.multiplyExact(rows, to)];
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < to; x++) {
                int from = row * width + w.first()[x];
                double sum = 0;
                for (int i = 0; i < w.count()[x]; i++) {
                    sum += in[from + i] * w.weight()[x * w.stride() + i];
                }
                out[row * to + x] = (float) sum;
            }
        }
        return out;
    }

    private static float[] columns(float[] in, Size from, ResampleWeights w) {
        int to = w.first().length;
        int planes = from.planesIn(in.length);
        float[] out = new float[Math.multiplyExact(planes * from.width(), to)];
        for (int row = 0; row < planes * to; row++) {
            int y = row % to;
            int start = (row / to * from.height() + w.first()[y]) * from.width();
            for (int x = 0; x < from.width(); x++) {
                double sum = 0;
                for (int i = 0; i < w.count()[y]; i++) {
                    sum += in[start + i * from.width() + x] * w.weight()[y * w.stride() + i];
                }
                out[row * from.width() + x] = (float) sum;
            }
        }
        return out;
    }
}
