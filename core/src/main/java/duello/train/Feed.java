package duello.train;

import duello.data.Dataset;
import duello.data.Loader;
import duello.data.LoaderSettings;
import duello.data.RawBatch;
import duello.dist.Collective;
import duello.method.Batch;
import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The training images as tensors, batch after batch. Batch k is a function of the seed and k, so the count of batches
 * drawn is all there is to save.
 */
final class Feed implements AutoCloseable {
    private final Dataset data;
    private final LoaderSettings settings;
    private final Device device;
    private long drawn;
    private @Nullable Loader loader;

    Feed(Dataset data, TrainSettings train, Collective collective, Device device) {
        this.data = data;
        this.settings = new LoaderSettings(
                train.batch(),
                train.seed(),
                train.flip(),
                collective.rank(),
                collective.size(),
                1,
                4,
                train.replacement());
        this.device = device;
    }

    /** How many batches have been drawn. */
    long drawn() {
        return drawn;
    }

    /** Goes on as if {@code count} batches had been drawn. */
    void seek(long count) {
        close();
        drawn = count;
    }

    /** The next batch, on the device: images in [-1, 1] by {@code v / 127.5 - 1}. */
    Batch next() {
        if (loader == null) {
            loader = new Loader(data, settings, drawn);
        }
        RawBatch raw = loader.next();
        drawn++;
        int side = data.resolution();
        Tensor bytes = Ops.bytes(raw.images(), raw.count(), 3, side, side);
        Tensor images = Ops.add(Ops.mul(Ops.channelsLast(bytes).to(device, ScalarType.Float), 1 / 127.5), -1);
        return new Batch(images, moved(raw.labels()), moved(raw.ids()));
    }

    private Tensor moved(long[] values) {
        return Ops.tensor(values, values.length).to(device, ScalarType.Long);
    }

    @Override
    public void close() {
        if (loader != null) {
            loader.close();
            loader = null;
        }
    }
}
