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
 *
 * <p>With replacement each place of a batch draws its image from all, whatever was drawn before: so a handful of images, even
 * one, fills a batch.
 */
final class BatchPlan {
    private final int images;
    private final LoaderSettings settings;
    private final long batchesPerEpoch;
    private long shuffledEpoch = -1;
    private int[] order = new int[0];

    BatchPlan(int images, LoaderSettings settings) {
        long wanted = (long) settings.batch() * settings.world();
        if (wanted > images && !settings.replacement()) {
            String processes = settings.world() == 1 ? "" : " times " + settings.world() + " processes";
            throw new Failure("batch " + settings.batch() + processes + " is larger than the dataset's " + images
                    + " images; choose a batch of at most " + Math.max(1, images / settings.world()));
        }
        this.images = images;
        this.settings = settings;
        this.batchesPerEpoch = Math.max(1, images / wanted);
    }

    long batchesPerEpoch() {
        return batchesPerEpoch;
    }

    /** The numbers of the images of this rank's batch {@code k}. */
    int[] images(long k) {
        return settings.replacement() ? drawn(k) : inTurn(k);
    }

    private int[] drawn(long k) {
        int[] drawn = new int[settings.batch()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = new Random(Seeds.derive(settings.seed(), "data.drawn", k, place(i))).nextInt(images);
        }
        return drawn;
    }

    /** The place of image {@code i} of this rank's batch in the batch of all processes. */
    private long place(int i) {
        return (long) settings.rank() * settings.batch() + i;
    }

    private int[] inTurn(long k) {
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
        return settings.flip() && new Random(Seeds.derive(settings.seed(), "data.flip", k, place(i))).nextBoolean();
    }
}
