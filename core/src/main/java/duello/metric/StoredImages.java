package duello.metric;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Images as files would hold them, in memory, so that several measures look at the same ones.
 *
 * @param levels uint8 {@code [N, 3, H, W]} on the processor
 */
record StoredImages(Tensor levels) {
    private static final int MOST_AT_ONCE = 64;
    private static final long PIXELS_AT_ONCE = 1 << 18;

    /**
     * Draws and keeps all images; they belong to {@code owner}.
     *
     * @throws Failure if an image is not finite
     */
    static StoredImages of(Fakes fakes, Scope owner, ProgressListener listener) {
        Gathered gathered = new Gathered(fakes.count(), owner);
        Scope.withoutGrad(() -> {
            while (gathered.size < fakes.count()) {
                try (Scope scope = Scope.open()) {
                    gathered.add(fakes.batches().get().images());
                }
                listener.progress("generated images", gathered.size, fakes.count());
            }
        });
        return new StoredImages(gathered.levels);
    }

    /** All images of a dataset. */
    static StoredImages of(Dataset dataset, Scope owner) {
        return of(Fakes.of(dataset, dataset), owner, ProgressListener.NONE);
    }

    private static final class Gathered {
        private final int count;
        private final Scope owner;
        private Tensor levels = new Tensor();
        private int size;

        Gathered(int count, Scope owner) {
            this.count = count;
            this.owner = owner;
        }

        void add(Tensor images) {
            int rows = (int) Math.min(images.size(0), count - size);
            if (rows == 0) {
                throw new IllegalStateException("the source of generated images gave an empty batch");
            }
            if (!images.isfinite().all().item_bool()) {
                throw new Failure("the generated images " + size + " to " + (size + rows - 1)
                        + " are not finite; the generator's weights are broken");
            }
            if (size == 0) {
                long[] shape = Ops.shape(images);
                shape[0] = count;
                levels = owner.attach(torch.zeros(shape, Ops.options(ScalarType.Byte, Devices.CPU)));
            }
            Tensor bytes = EightBit.levels(Ops.rows(images, 0, rows)).to(Devices.CPU, ScalarType.Byte);
            Ops.rows(levels, size, size + rows).copy_(bytes);
            size += rows;
        }
    }

    int count() {
        return Math.toIntExact(levels.size(0));
    }

    /** How many images of this size a network looks at in one go, so that its maps take some hundred megabytes. */
    private int atOnce() {
        return (int) Math.max(1, Math.min(MOST_AT_ONCE, PIXELS_AT_ONCE / (levels.size(2) * levels.size(3))));
    }

    /** All of them as a source of generated images, drawn as {@code statistics} says. */
    Fakes again(String statistics) {
        int[] next = {0};
        return new Fakes(count(), statistics, () -> {
            int[] places = DatasetImages.range(next[0], Math.min(count(), next[0] + atOnce()));
            next[0] += places.length;
            return new Fakes.Batch(images(places, Devices.CPU), null);
        });
    }

    /** What is done with a batch of images, {@code from} being how many came before. */
    @FunctionalInterface
    interface BatchAction {
        void accept(Tensor images, int from);
    }

    /** Hands over those of the given numbers in batches, without gradient and each in a scope of its own. */
    void forEachBatch(int[] places, Device device, BatchAction action) {
        Scope.withoutGrad(() -> {
            int size = atOnce();
            for (int from = 0; from < places.length; from += size) {
                int[] some = Arrays.copyOfRange(places, from, Math.min(places.length, from + size));
                try (Scope scope = Scope.open()) {
                    action.accept(images(some, device), from);
                }
            }
        });
    }

    /** Those of the given numbers, float32 {@code [n, 3, H, W]} in [-1, 1]. */
    Tensor images(int[] places, Device device) {
        long[] rows = new long[places.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = places[i];
        }
        Tensor chosen = levels.index_select(0, Ops.tensor(rows, rows.length)).to(device, ScalarType.Float);
        return Ops.add(chosen.div_(Ops.scalar(127.5)), -1);
    }
}
