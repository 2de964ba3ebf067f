package duello.bench;

import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** One resampled convolution with its input, of both forms: the fused one and the definition. */
final class ResampledCase {
    private static final long[] ONE = {1, 1};

    /**
     * What is computed.
     *
     * @param batch images
     * @param channels in and out
     * @param side height and width of the input, even
     * @param kernel 1 or 3
     * @param resample UP or DOWN
     * @param channelsLast whether input and weight lie channels-last in memory, else contiguous
     */
    record Shape(int batch, int channels, int side, int kernel, Resample resample, boolean channelsLast) {}

    private final Shape shape;
    private final Tensor x;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor direction;

    /** Fixed random tensors of a shape. */
    ResampledCase(Shape shape) {
        this.shape = shape;
        Draws draws = new SeededDraws(1, Devices.CPU);
        int c = shape.channels;
        int side = shape.resample == Resample.UP ? 2 * shape.side : shape.side / 2;
        this.x = laidOut(draws.normal(shape.batch, c, shape.side, shape.side)).requires_grad_(true);
        this.weight = Scope.keep(Ops.mul(draws.normal(c, c, shape.kernel, shape.kernel), 0.05))
                .requires_grad_(true);
        this.bias = Scope.keep(draws.normal(c)).requires_grad_(true);
        this.direction = laidOut(draws.normal(shape.batch, c, side, side));
    }

    private Tensor laidOut(Tensor t) {
        return Scope.keep(shape.channelsLast ? Ops.channelsLast(t) : t);
    }

    /** Forward and backward in the fused form. */
    void fused() {
        try (Scope scope = Scope.open()) {
            backward(ResampledConv2d.resampled(x, weight, Ops.maybe(bias), shape.resample));
        }
    }

    /** Forward and backward by the definition. */
    void naive() {
        try (Scope scope = Scope.open()) {
            backward(definition());
        }
    }

    private void backward(Tensor y) {
        // The gradient is handed over, so that nothing but the layer is timed.
        y.backward(direction, new BoolOptional(false), false, new TensorArrayRefOptional());
        x.mutable_grad().reset();
        weight.mutable_grad().reset();
        bias.mutable_grad().reset();
    }

    private Tensor definition() {
        long padding = shape.kernel / 2;
        TensorOptional b = Ops.maybe(bias);
        Tensor in = shape.resample == Resample.UP ? Ops.doubled(x) : x;
        Tensor out = torch.conv2d(in, weight, b, ONE, new long[] {padding, padding}, ONE, 1);
        return shape.resample == Resample.DOWN ? Ops.halved(out) : out;
    }

    /** The largest difference of the two forms' outputs, as a fraction of the largest value. */
    double disagreement() {
        try (Scope scope = Scope.open()) {
            Tensor naive = definition().detach();
            Tensor fused = ResampledConv2d.resampled(x, weight, Ops.maybe(bias), shape.resample)
                    .detach();
            return fused.sub(naive).abs().max().item_double()
                    / naive.abs().max().item_double();
        }
    }
}
