package duello.metric;

import duello.torch.Ops;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * For each generated image the training image that it is most like: which clusters it belongs to, and how far the generator
 * is from reciting what it was shown.
 *
 * @param shot the number of the nearest training image; of several the first
 * @param distance how far that one is
 */
public record NearestShots(List<Integer> shot, List<Double> distance) {
    public NearestShots {
        shot = List.copyOf(shot);
        distance = List.copyOf(distance);
        if (shot.isEmpty() || shot.size() != distance.size()) {
            throw new IllegalArgumentException(distance.size() + " distances for " + shot.size() + " images");
        }
    }

    /** @param distances of generated images and training images, {@code [N, k]}, k at least 1 */
    public static NearestShots of(Tensor distances) {
        int images = Math.toIntExact(distances.size(0));
        int shots = Math.toIntExact(distances.size(1));
        double[] values = Ops.toDoubles(distances);
        List<Integer> nearest = new ArrayList<>();
        List<Double> least = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            int best = 0;
            for (int j = 1; j < shots; j++) {
                best = values[i * shots + j] < values[i * shots + best] ? j : best;
            }
            nearest.add(best);
            least.add(values[i * shots + best]);
        }
        return new NearestShots(nearest, least);
    }

    /** Mean distance to the nearest training image; near 0 where all are copies. */
    public double mean() {
        return distance.stream().mapToDouble(d -> d).sum() / distance.size();
    }

    /** The least distance of all. */
    public double least() {
        return Collections.min(distance);
    }

    /** The number of the generated image that is most like a training image; of several the first. */
    public int closest() {
        return distance.indexOf(least());
    }
}
