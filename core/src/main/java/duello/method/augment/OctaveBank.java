package duello.method.augment;

/**
 * Linear-phase filters that split a signal into octaves and sum to the identity, from the autocorrelation of a short
 * wavelet (Karras et al., Training Generative Adversarial Networks with Limited Data, appendix B).
 */
final class OctaveBank {
    /** Symlet of order 2, low-pass. */
    private static final double[] SYM2 = {
        -0.12940952255126037, 0.2241438680420134, 0.8365163037378079, 0.48296291314453416
    };

    private OctaveBank() {}

    /** One row of taps an octave, the lowest first; all rows of one odd length. */
    static float[][] build(int octaves) {
        double[] low = halvedAutocorrelation(SYM2, 1);
        double[] high = halvedAutocorrelation(SYM2, -1);
        double[][] rows = new double[octaves][1];
        rows[0][0] = 1;
        for (int i = 1; i < octaves; i++) {
            for (int row = 0; row < octaves; row++) {
                rows[row] = convolved(spread(rows[row]), low);
            }
            int from = (rows[i].length - high.length) / 2;
            for (int k = 0; k < high.length; k++) {
                rows[i][from + k] += high[k];
            }
        }
        float[][] out = new float[octaves][rows[0].length];
        for (int row = 0; row < octaves; row++) {
            for (int k = 0; k < out[row].length; k++) {
                out[row][k] = (float) rows[row][k];
            }
        }
        return out;
    }

    /** Every second tap multiplied by {@code sign}, correlated with itself, halved. */
    private static double[] halvedAutocorrelation(double[] taps, int sign) {
        double[] forward = new double[taps.length];
        double[] backward = new double[taps.length];
        for (int k = 0; k < taps.length; k++) {
            forward[k] = k % 2 == 0 ? taps[k] : sign * taps[k];
            backward[taps.length - 1 - k] = forward[k] / 2;
        }
        return convolved(forward, backward);
    }

    private static double[] spread(double[] taps) {
        double[] out = new double[2 * taps.length - 1];
        for (int k = 0; k < taps.length; k++) {
            out[2 * k] = taps[k];
        }
        return out;
    }

    private static double[] convolved(double[] a, double[] b) {
        double[] out = new double[a.length + b.length - 1];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                out[i + j] += a[i] * b[j];
            }
        }
        return out;
    }
}
