package duello.metric;

import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Features, logits and labels of images in the order they arrive, in float32 on the processor. */
final class FeatureRows {
    /** What a row's label is when there is none. */
    static final int NO_LABEL = -1;

    private final int capacity;
    private final Tensor features;
    private final int[] labels;
    private @Nullable Tensor logits;
    private int size;

    FeatureRows(int capacity, int width) {
        this.capacity = capacity;
        this.features = Scope.kept(() -> Ops.zeros(Devices.CPU, capacity, width));
        this.labels = new int[capacity];
        Arrays.fill(labels, NO_LABEL);
    }

    /** Takes as many rows as there is room for. */
    void add(FeatureNetwork.Output output, @Nullable Tensor wanted) {
        int rows = (int) Math.min(output.features().size(0), capacity - size);
        store(features, output.features(), rows);
        Tensor said = output.logits();
        if (said != null) {
            Tensor all = logits;
            if (all == null) {
                all = Scope.kept(() -> Ops.zeros(Devices.CPU, capacity, said.size(1)));
                logits = all;
            }
            store(all, said, rows);
        }
        if (wanted != null) {
            long[] values = Ops.toLongs(wanted);
            for (int i = 0; i < rows; i++) {
                labels[size + i] = Math.toIntExact(values[i]);
            }
        }
        size += rows;
    }

    private void store(Tensor into, Tensor from, int rows) {
        Ops.rows(into, size, size + rows).copy_(Ops.rows(from, 0, rows).to(Devices.CPU, ScalarType.Float));
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == capacity;
    }

    /** {@code [size, d]}; all rows must be there. */
    Tensor features() {
        return features;
    }

    /** {@code [size, K]} or null. */
    @Nullable
    Tensor logits() {
        return logits;
    }

    int[] labels() {
        return labels;
    }

    boolean labelled() {
        return Arrays.stream(labels).noneMatch(l -> l == NO_LABEL);
    }
}
