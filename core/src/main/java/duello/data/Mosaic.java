package duello.data;

/** Squares of one colour each, 16 across and 16 down. */
final class Mosaic {
    private static final int ACROSS = 16;

    private Mosaic() {}

    /** Replaces each square of the planar image by its mean; the resolution is a multiple of 16. */
    static void apply(byte[] image, int resolution) {
        int side = resolution / ACROSS;
        for (int plane = 0; plane < 3; plane++) {
            for (int square = 0; square < ACROSS * ACROSS; square++) {
                int row = plane * resolution + square / ACROSS * side;
                average(image, row * resolution + square % ACROSS * side, side, resolution);
            }
        }
    }

    private static void average(byte[] image, int corner, int side, int resolution) {
        int sum = 0;
        for (int i = 0; i < side * side; i++) {
            sum += image[corner + i / side * resolution + i % side] & 255;
        }
        byte mean = (byte) ((sum + side * side / 2) / (side * side));
        for (int i = 0; i < side * side; i++) {
            image[corner + i / side * resolution + i % side] = mean;
        }
    }
}
