package duello.metric;

import duello.io.NdArray;
import java.nio.charset.StandardCharsets;

/** Weights that are a function of their name, so that whole networks are tested without their files. */
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

    private static double value(String key, int axes, double r, double fan) {
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
