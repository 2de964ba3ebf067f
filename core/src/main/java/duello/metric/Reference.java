package duello.metric;

import org.bytedeco.pytorch.Tensor;

/**
 * What is kept of the real images: moments of all, and rows of at most {@link ReferenceFeatures#MOST_ROWS}.
 *
 * @param name name and fingerprint of the dataset
 * @param gaussian of all images
 * @param rows {@code [m, d]} float32, kept
 * @param labels of the rows
 */
record Reference(String name, Gaussian gaussian, Tensor rows, int[] labels) {
    long count() {
        return gaussian.count();
    }
}
