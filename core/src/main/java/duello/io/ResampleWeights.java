package duello.io;

import duello.io.PillowResampler.Filter;

/**
 * The weights of one axis of Pillow's resampling: output {@code x} is the weighted sum of {@code count[x]} inputs from
 * {@code first[x]} on.
 *
 * @param first the first input of each output
 * @param count how many inputs each output sees
 * @param weight {@code [output * stride + i]}; the weights of one output sum to 1
 * @param stride the most inputs that any output sees
 */
@SuppressWarnings("ArrayRecordComponent") // a private table of the resampler
record ResampleWeights(int[] first, int[] count, double[] weight, int stride) {
    /**
     * An output's window is centred on it and as wide as the filter's support, stretched by the scale when shrinking:
     * this is what makes the filter antialias.
     */
    static ResampleWeights of(int from, int to, Filter filter) {
        double scale = (double) from / to;
        double stretch = Math.max(scale, 1.0);
        double support = filter.radius() * stretch;
        int stride = (int) Math.ceil(support) * 2 + 1;
        int[] first = new int[to];
        int[] count = new int[to];
        double[] weight = new double[Math.multiplyExact(to, stride)];
        double perInput = 1.0 / stretch;
        for (int x = 0; x < to; x++) {
            double centre = (x + 0.5) * scale;
            int low = Math.max((int) (centre - support + 0.5), 0);
            int high = Math.min((int) (centre + support + 0.5), from);
            first[x] = low;
            count[x] = high - low;
            fill(weight, x * stride, high - low, i -> filter.at((i + low - centre + 0.5) * perInput));
        }
        return new ResampleWeights(first, count, weight, stride);
    }

    private static void fill(double[] weight, int at, int count, java.util.function.IntToDoubleFunction filter) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            weight[at + i] = filter.applyAsDouble(i);
            sum += weight[at + i];
        }
        for (int i = 0; i < count && sum != 0; i++) {
            weight[at + i] /= sum;
        }
    }

    /** The weights with {@code bits} fractional bits, rounded half away from zero. */
    int[] fixedPoint(int bits) {
        int[] fixed = new int[weight.length];
        for (int i = 0; i < weight.length; i++) {
            double scaled = weight[i] * (1 << bits);
            fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return fixed;
    }
}
