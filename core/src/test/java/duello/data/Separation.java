package duello.data;

/** How well the simplest classifier, the nearest class mean in pixels, does on a dataset: a floor for every other. */
final class Separation {
    private Separation() {}

    /** The share of {@code test} whose nearest mean of {@code train} is that of their own class. */
    static double nearestMeanAccuracy(Dataset train, Dataset test) {
        double[][] means = means(train);
        byte[] image = new byte[means[0].length];
        int right = 0;
        for (int i = 0; i < test.size(); i++) {
            test.read(i, image, 0);
            right += nearest(means, image) == test.label(i) ? 1 : 0;
        }
        return (double) right / test.size();
    }

    private static double[][] means(Dataset data) {
        byte[] image = new byte[3 * data.resolution() * data.resolution()];
        double[][] sums = new double[data.classes().size()][image.length];
        int[] counts = new int[sums.length];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, image, 0);
            counts[data.label(i)]++;
            for (int p = 0; p < image.length; p++) {
                sums[data.label(i)][p] += image[p] & 255;
            }
        }
        for (int c = 0; c < sums.length; c++) {
            for (int p = 0; p < image.length; p++) {
                sums[c][p] /= counts[c];
            }
        }
        return sums;
    }

    private static int nearest(double[][] means, byte[] image) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int c = 0; c < means.length; c++) {
            double distance = 0;
            for (int p = 0; p < image.length; p++) {
                double d = means[c][p] - (image[p] & 255);
                distance += d * d;
            }
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }
}
