package duello.io;

/**
 * Bilinear resizing of float planes without antialiasing: each output mixes its four neighbours however much the picture
 * shrinks. Two conventions are alive in published scores, and they differ by half a pixel.
 */
public final class BilinearResampler {
    private BilinearResampler() {}

    /** Where an output's centre lies in the input. */
    public enum Grid {
        /** {@code max((x + 0.5) n / m - 0.5, 0)}: PyTorch's interpolate without align_corners; StudioGAN's "legacy". */
        HALF_PIXEL,
        /** {@code x n / m}: TensorFlow 1, inside the original Inception network. */
        TENSORFLOW1
    }

    /**
     * Resizes planes of floats.
     *
     * @param planes {@code [planes, height, width]} of {@code from}, any range
     * @return {@code [planes, height, width]} of {@code to}; the same array when the size is unchanged
     * @throws IllegalArgumentException if the array is not a whole number of planes
     */
    public static float[] resize(float[] planes, Size from, Size to, Grid grid) {
        int count = from.planesIn(planes.length);
        if (from.equals(to)) {
            return planes;
        }
        float[] columns = positions(from.width(), to.width(), grid);
        float[] rows = positions(from.height(), to.height(), grid);
        float[] out = new float[Math.multiplyExact(Math.multiplyExact(count, to.height()), to.width())];
        int at = 0;
        for (int plane = 0; plane < count; plane++) {
            for (float y : rows) {
                int upper = (plane * from.height() + (int) y) * from.width();
                int lower = (plane * from.height() + Math.min((int) y + 1, from.height() - 1)) * from.width();
                float fy = y - (int) y;
                for (float x : columns) {
                    float top = along(planes, upper, x, from.width());
                    float bottom = along(planes, lower, x, from.width());
                    out[at++] = top + (bottom - top) * fy;
                }
            }
        }
        return out;
    }

    private static float along(float[] planes, int row, float x, int width) {
        int left = (int) x;
        float a = planes[row + left];
        return a + (planes[row + Math.min(left + 1, width - 1)] - a) * (x - left);
    }

    private static float[] positions(int from, int to, Grid grid) {
        float scale = (float) from / to;
        float[] source = new float[to];
        for (int x = 0; x < to; x++) {
            float raw = grid == Grid.HALF_PIXEL ? Math.max((x + 0.5f) * scale - 0.5f, 0) : x * scale;
            source[x] = Math.min(raw, from - 1);
        }
        return source;
    }
}
