package duello.metric;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * For each generated image the training image that it is most like: which clusters it belongs to, and how far the generator
 * is from reciting what it was shown.
 *
 * @param shot the number of the nearest training image; of several the first
 * @param distance how far that one is
 */
public record NearestShots(int[] shot, double[] distance) {
    public NearestShots {
        if (shot.length == 0 || shot.length != distance.length) {
            throw new IllegalArgumentException(distance.length + " distances for " + shot.length + " images");
        }
    }

    /** @param distances of generated images and training images, {@code [N, k]}, k at least 1 */
    public static NearestShots of(Tensor distances) {
        int images = Math.toIntExact(distances.size(0));
        int shots = Math.toIntExact(distances.size(1));
        double[] values = Ops.toDoubles(distances);
        int[] nearest = new int[images];
        double[] least = new double[images];
        for (int i = 0; i < images; i++) {
            int best = 0;
            for (int j = 1; j < shots; j++) {
                best = values[i * shots + j] < values[i * shots + best] ? j : best;
            }
            nearest[i] = best;
            least[i] = values[i * shots + best];
        }
        return new NearestShots(nearest, least);
    }

    /** Mean distance to the nearest training image; near 0 where all are copies. */
    public double mean() {
        double sum = 0;
        for (double d : distance) {
            sum += d;
        }
        return sum / distance.length;
    }

    /** The least distance of all. */
    public double least() {
        return distance[closest()];
    }

    /** The number of the generated image that is most like a training image. */
    public int closest() {
        int closest = 0;
        for (int i = 1; i < distance.length; i++) {
            closest = distance[i] < distance[closest] ? i : closest;
        }
        return closest;
    }
}
