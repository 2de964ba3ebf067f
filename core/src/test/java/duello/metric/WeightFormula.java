package duello.metric;

import duello.io.NdArray;
import duello.torch.Ops;
import java.nio.charset.StandardCharsets;
import org.bytedeco.pytorch.Tensor;

/** Weights and images that are functions of names and places, so that whole networks are tested without files. */
final class WeightFormula {
    private WeightFormula() {}

    static long fnv(String key) {
        long h = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xff)) * 0x100000001b3L;
        }
        return h;
    }

    /** Uniform in [0, 1), element {@code i} of a stream. */
    static double uniform(long h, long i) {
        long z = h + (i + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = z ^ (z >>> 31);
        return (z >>> 11) * 0x1p-53;
    }

    static NdArray array(String key, long... shape) {
        long n = 1;
        for (long s : shape) {
            n *= s;
        }
        long h = fnv(key);
        double fan = (double) n / shape[0];
        float[] values = new float[(int) n];
        for (int i = 0; i < n; i++) {
            double r = 2 * uniform(h, i) - 1;
            values[i] = (float) value(key, shape.length, r, fan);
        }
        return NdArray.of(values, shape);
    }

    /** Image n of the formula as levels, {@code [1, 3, height, width]}. */
    static Tensor image(int n, int height, int width) {
        float[] values = new float[3 * height * width];
        for (int c = 0, i = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    values[i++] = ((x * x * (c + 1) + 3 * x * y + 7 * y * y * (c + 2) + 31 * c + 97 * n) >> 3) & 255;
                }
            }
        }
        return Ops.tensor(values, 1, 3, height, width);
    }

    private static double value(String key, int axes, double r, double fan) {
        if (key.startsWith("lin") && key.contains(".model.")) {
            return 0.05 * (r + 1);
        }
        if (key.endsWith("running_var")) {
            return 1 + 0.5 * r;
        }
        if (key.endsWith("running_mean")) {
            return 0.1 * r;
        }
        if (axes == 1) {
            return key.endsWith("weight") ? 1 + 0.2 * r : 0.1 * r;
        }
        return r * Math.sqrt(6 / fan);
    }
}
