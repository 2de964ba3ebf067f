package duello.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The golden files of evaluation, as the tests need them. */
final class GoldenPictures {
    private GoldenPictures() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = GoldenPictures.class.getResourceAsStream("/golden-eval/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    static Rgb picture(String name) throws IOException {
        return Images.decode(bytes(name), name, ImageOptions.DEFAULT);
    }

    /** A float32 {@code .npy} of shape {@code [H, W, 3]} as planes {@code [3, H, W]}. */
    static float[] planes(String name) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
        int header = file.getShort(8);
        String text = new String(file.array(), 10, header, StandardCharsets.US_ASCII);
        if (!text.contains("'<f4'") || !text.contains(", 3)")) {
            throw new IllegalArgumentException(name + ": " + text);
        }
        int pixels = (file.limit() - 10 - header) / 12;
        float[] planes = new float[3 * pixels];
        for (int i = 0; i < planes.length; i++) {
            planes[i % 3 * pixels + i / 3] = file.getFloat(10 + header + 4 * i);
        }
        return planes;
    }

    /** Image {@code n} of the golden files' formula: (x^2 (c+1) + 3xy + 7y^2 (c+2) + 31c + 97n) / 8 modulo 256. */
    static Rgb formula(int n, int side) {
        byte[] planar = new byte[3 * side * side];
        for (int i = 0; i < planar.length; i++) {
            int c = i / (side * side);
            int y = i / side % side;
            int x = i % side;
            planar[i] = (byte) ((x * x * (c + 1) + 3 * x * y + 7 * y * y * (c + 2) + 31 * c + 97 * n) >> 3);
        }
        return new Rgb(side, side, planar);
    }
}
