package duello.data;

import duello.catalog.Failure;
import duello.torch.Seeds;
import java.util.Arrays;
import java.util.Random;

/**
 * Which images batch {@code k} holds, and which of them are mirrored: a function of (seed, k, rank) alone.
 *
 * <p>All processes walk through one shuffled order for each epoch, each batch of the world cut into one slice for each
 * rank. So two processes with a batch of 32 together see what one with a batch of 64 sees, mirrored alike. What is left
 * at the end of an epoch and does not fill a batch of the world is dropped; each epoch drops others.
 */
final class BatchPlan {
    private final int images;
    private final LoaderSettings settings;
    private final long batchesPerEpoch;
    private long shuffledEpoch = -1;
    private int[] order = new int[0];

    BatchPlan(int images, LoaderSettings settings) {
        long wanted = (long) settings.batch() * settings.world();
        if (wanted > images) {
            String processes = settings.world() == 1 ? "" : " times " + settings.world() + " processes";
            throw new Failure("batch " + settings.batch() + processes + " is larger than the dataset's " + images
                    + " images; choose a batch of at most " + Math.max(1, images / settings.world()));
        }
        this.images = images;
        this.settings = settings;
        this.batchesPerEpoch = images / wanted;
    }

    long batchesPerEpoch() {
        return batchesPerEpoch;
    }

    /** The numbers of the images of this rank's batch {@code k}. */
    int[] images(long k) {
        long epoch = k / batchesPerEpoch;
        if (epoch != shuffledEpoch) {
            order = Permutation.of(images, Seeds.derive(settings.seed(), "data.order", epoch));
            shuffledEpoch = epoch;
        }
        int batch = settings.batch();
        int from = (int) (k % batchesPerEpoch) * batch * settings.world() + settings.rank() * batch;
        return Arrays.copyOfRange(order, from, from + batch);
    }

    /** Whether image {@code i} of this rank's batch {@code k} is mirrored. */
    boolean flipped(long k, int i) {
        long place = (long) settings.rank() * settings.batch() + i;
        return settings.flip() && new Random(Seeds.derive(settings.seed(), "data.flip", k, place)).nextBoolean();
    }
}
