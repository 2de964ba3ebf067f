package duello.metric;

import duello.data.Dataset;
import duello.torch.Ops;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Batches of a dataset as tensors in [-1, 1]. */
public final class DatasetImages {
    private DatasetImages() {}

    /** The images of the given numbers, {@code [B, 3, R, R]}. */
    public static Tensor batch(Dataset dataset, int[] places, Device device) {
        int side = dataset.resolution();
        int bytes = Math.multiplyExact(3, Math.multiplyExact(side, side));
        byte[] all = new byte[Math.multiplyExact(bytes, places.length)];
        IntStream.range(0, places.length).parallel().forEach(i -> dataset.read(places[i], all, i * bytes));
        Tensor levels = Ops.bytes(all, places.length, 3, side, side).to(device, ScalarType.Float);
        return Ops.add(levels.div_(Ops.scalar(127.5)), -1);
    }

    /** The labels of the given numbers, int64 {@code [B]}. */
    public static Tensor labels(Dataset dataset, int[] places, Device device) {
        long[] labels = IntStream.of(places).mapToLong(dataset::label).toArray();
        return Ops.tensor(labels, labels.length).to(device, ScalarType.Long);
    }

    /** {@code from .. to - 1}. */
    static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
