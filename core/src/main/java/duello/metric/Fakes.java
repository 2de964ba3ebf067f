package duello.metric;

import duello.data.Dataset;
import duello.torch.Devices;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Where generated images come from.
 *
 * @param count how many are judged; the last batch is cut
 * @param statistics how they are drawn, as {@link Protocol#statistics} has it
 * @param batches makes the next images; called without gradients, in a scope that frees all it makes
 */
public record Fakes(int count, String statistics, Supplier<Batch> batches) {
    private static final int AT_ONCE = 64;

    /**
     * Some images.
     *
     * @param images {@code [B, 3, H, W]} in [-1, 1], any device, B at least 1
     * @param labels the classes they were made for, int64 {@code [B]}, or null
     */
    public record Batch(Tensor images, @Nullable Tensor labels) {}

    /**
     * The images of a dataset, such as a folder of saved ones, in their order. Their labels count as the classes they
     * were made for if they are those of {@code reference}.
     */
    public static Fakes of(Dataset dataset, Dataset reference) {
        boolean labelled = dataset.classes().equals(reference.classes());
        return new Fakes(dataset.size(), "files", new Supplier<>() {
            private int next;

            @Override
            public Batch get() {
                int[] places = DatasetImages.range(next, Math.min(dataset.size(), next + AT_ONCE));
                next += places.length;
                return new Batch(
                        DatasetImages.batch(dataset, places, Devices.CPU),
                        labelled ? DatasetImages.labels(dataset, places, Devices.CPU) : null);
            }
        });
    }
}
