package duello.io;

import java.util.Arrays;

/**
 * Counts of values in buckets of equal width.
 *
 * @param limits the upper end of each bucket, rising
 * @param counts how many values each bucket holds
 */
record Histogram(double min, double max, double sum, double sumOfSquares, double[] limits, double[] counts) {
    private static final int BUCKETS = 30;

    /** Of the finite values; the others are left out. */
    static Histogram of(double... all) {
        double[] values = Arrays.stream(all).filter(Double::isFinite).toArray();
        if (values.length == 0) {
            return new Histogram(0, 0, 0, 0, new double[] {0}, new double[] {0});
        }
        double min = Arrays.stream(values).min().orElse(0);
        double max = Arrays.stream(values).max().orElse(0);
        int buckets = max > min ? BUCKETS : 1;
        double[] limits = new double[buckets];
        double[] counts = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            double part = (i + 1) / (double) buckets;
            limits[i] = i == buckets - 1 ? max : min * (1 - part) + max * part;
        }
        double sum = 0;
        double sumOfSquares = 0;
        for (double value : values) {
            int at = Arrays.binarySearch(limits, value);
            counts[at >= 0 ? at : -at - 1]++;
            sum += value;
            sumOfSquares += value * value;
        }
        return new Histogram(min, max, sum, sumOfSquares, limits, counts);
    }

    /** As TensorFlow's {@code HistogramProto}. */
    Proto toProto() {
        return new Proto()
                .real(1, min)
                .real(2, max)
                .real(3, Arrays.stream(counts).sum())
                .real(4, sum)
                .real(5, sumOfSquares)
                .reals(6, limits)
                .reals(7, counts);
    }
}
