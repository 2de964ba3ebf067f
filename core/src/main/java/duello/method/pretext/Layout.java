package duello.method.pretext;

import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Which images of a batch are transformed, and how: always the last ones, as many as a share of the batch says. */
public enum Layout {
    /** Few images, each in every way: all in the first, then all in the second, ... */
    ALL_FOUR,
    /** Each image once, image i of N in way {@code floor(K i / N)}. */
    QUARTERS,
    /** Each image once, in a way drawn for it. */
    RANDOM;

    /**
     * What a batch becomes.
     *
     * @param sources how many images are taken, from the end of the batch
     * @param copies how often they stand there, one after the other
     * @param classes int64 {@code [sources * copies]}
     */
    record Plan(long sources, long copies, Tensor classes) {}

    /**
     * @throws IllegalArgumentException if there are not as many transformed images
     */
    void check(double share) {
        if (share > 1 && this != ALL_FOUR) {
            throw new IllegalArgumentException("each image is transformed once, so share is at most 1;"
                    + " only layout: all_four can make up to 4 of one");
        }
    }

    Plan plan(long batch, double share, int ways, Draws draws, Device device) {
        // The margin takes 0.3 * 10 for 3, whatever was rounded on the way.
        long rows = (long) Math.floor(share * batch + 1e-6);
        if (this == ALL_FOUR) {
            long sources = Math.max(1, Math.min(batch, rows / ways));
            Tensor classes =
                    Ops.range(ways, device).unsqueeze(1).expand(ways, sources).reshape(-1);
            return new Plan(sources, ways, classes);
        }
        long sources = Math.max(1, rows);
        return new Plan(sources, 1, this == RANDOM ? draws.ints(ways, sources) : evenly(sources, ways, device));
    }

    private static Tensor evenly(long count, long ways, Device device) {
        return Ops.range(count, device).mul(new Scalar(ways)).floor_divide(new Scalar(count));
    }
}
