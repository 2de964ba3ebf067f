package duello.metric;

import duello.catalog.Failure;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The Fréchet distance of each class on its own.
 *
 * @param perClass one distance a class, in the order of the labels
 */
public record IntraClassFrechet(double[] perClass) {
    /** Mean over the classes, unweighted. */
    public double mean() {
        return IntStream.range(0, perClass.length)
                .mapToDouble(c -> perClass[c])
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Of features {@code [n, d]} with one label for each row.
     *
     * @throws Failure if a class has fewer than 2 images on either side
     */
    public static IntraClassFrechet of(Tensor real, int[] realLabels, Tensor fake, int[] fakeLabels, int classes) {
        double[] perClass = new double[classes];
        for (int c = 0; c < classes; c++) {
            try (Scope scope = Scope.open()) {
                Tensor x = ofClass(real, realLabels, c, "reference");
                Tensor y = ofClass(fake, fakeLabels, c, "generated");
                perClass[c] = Frechet.distance(Gaussian.ofRows(x), Gaussian.ofRows(y));
            }
        }
        return new IntraClassFrechet(perClass);
    }

    private static Tensor ofClass(Tensor rows, int[] labels, int c, String side) {
        long[] places = IntStream.range(0, labels.length)
                .filter(i -> labels[i] == c)
                .asLongStream()
                .toArray();
        if (places.length < 2) {
            throw new Failure("intra-class fid needs at least 2 " + side + " images of every class, but class " + c
                    + " has " + places.length + "; give more images");
        }
        return rows.index_select(0, Ops.tensor(places, places.length));
    }
}
