package duello.metric;

import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) with an eps of its own, as feature networks differ in it, and without a
 * count of batches, which no feature network needs.
 */
final class Normalisation implements Layer {
    private static final double MOMENTUM = 0.1;

    private final Module module = new Module();
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final TensorOptional runningMean;
    private final TensorOptional runningVar;
    private final double eps;

    Normalisation(Init init, long channels, double eps) {
        this.weight = kept(module.parameter("weight", init.ones(channels)));
        this.bias = kept(module.parameter("bias", init.zeros(channels)));
        this.runningMean = kept(module.buffer("running_mean", init.zeros(channels)));
        this.runningVar = kept(module.buffer("running_var", init.ones(channels)));
        this.eps = eps;
    }

    private static TensorOptional kept(Tensor t) {
        TensorOptional maybe = Ops.maybe(t);
        maybe.retainReference();
        return maybe;
    }

    /** {@code [B, C, H, W] -> [B, C, H, W]}; with batch statistics the running ones always move. */
    Tensor apply(Tensor x, Forward f) {
        return torch.batch_norm(x, weight, bias, runningMean, runningVar, f.batchStatistics(), MOMENTUM, eps, true);
    }

    @Override
    public Module module() {
        return module;
    }
}
