package duello.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) with momentum 0.1 and the eps of its {@link Layers}. The running
 * variance takes the unbiased variance of the batch, the normalisation the biased one.
 *
 * <p>With {@link Forward#sum} over several processes, batch statistics are those of all processes' maps together, of
 * equally many each. They can be differentiated once: a gradient penalty sees the other processes' share as constant.
 */
public final class BatchNorm2d implements Layer {
    private static final double MOMENTUM = 0.1;
    private static final String MEAN = "running_mean";
    private static final String VARIANCE = "running_var";
    private static final String BATCHES = "num_batches_tracked";

    private final Module module = new Module();
    private final double eps;
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final TensorOptional runningMean;
    private final TensorOptional runningVar;
    private final Tensor batches;

    BatchNorm2d(Layers layers, long channels, boolean affine) {
        Init init = layers.init();
        this.eps = layers.eps().batchNorm();
        this.weight = kept(affine ? Ops.maybe(module.parameter("weight", init.scale(channels))) : Ops.none());
        this.bias = kept(affine ? Ops.maybe(module.parameter("bias", init.zeros(channels))) : Ops.none());
        this.runningMean = kept(Ops.maybe(module.buffer(MEAN, init.zeros(channels))));
        this.runningVar = kept(Ops.maybe(module.buffer(VARIANCE, init.ones(channels))));
        this.batches = module.buffer(BATCHES, init.counter());
    }

    /** Whether anywhere in a network there is batch normalisation. */
    public static boolean within(Module network) {
        return network.buffers().keySet().stream().anyMatch(name -> is(name, MEAN));
    }

    /** Makes the running statistics everywhere in a network those of a fresh one: mean 0, variance 1, no batch seen. */
    public static void forget(Module network) {
        Scope.withoutGrad(() -> network.buffers().forEach((name, t) -> {
            if (is(name, MEAN) || is(name, BATCHES)) {
                t.zero_();
            } else if (is(name, VARIANCE)) {
                t.fill_(new Scalar(1L));
            }
        }));
    }

    private static boolean is(String buffer, String last) {
        return buffer.equals(last) || buffer.endsWith("." + last);
    }

    private static TensorOptional kept(TensorOptional t) {
        t.retainReference();
        return t;
    }

    /** {@code [B, C, H, W] -> [B, C, H, W]}. */
    public Tensor apply(Tensor x, Forward f) {
        if (f.batchStatistics() && f.sum() != Forward.Sum.LOCAL) {
            return together(x, f);
        }
        boolean running = !f.batchStatistics() || f.trackStatistics();
        if (f.batchStatistics() && f.trackStatistics()) {
            batches.add_(new Scalar(1L));
        }
        return torch.batch_norm(
                x,
                weight,
                bias,
                running ? runningMean : Ops.none(),
                running ? runningVar : Ops.none(),
                f.batchStatistics(),
                MOMENTUM,
                eps,
                true);
    }

    /** {@link #apply} in a script, with the running statistics. */
    public String script(Script s, String x) {
        return s.let(
                "torch.batch_norm(%s, %s, %s, %s, %s, False, %s, %s, False)",
                x,
                expression(s, weight),
                expression(s, bias),
                expression(s, runningMean),
                expression(s, runningVar),
                MOMENTUM,
                eps);
    }

    private static String expression(Script s, TensorOptional t) {
        return t.has_value() ? s.tensor(t.get()) : "None";
    }

    @Override
    public Module module() {
        return module;
    }

    /** Normalisation by the statistics of all processes. */
    private Tensor together(Tensor x, Forward f) {
        Tensor sums = f.sum().of(Ops.cat(0, Ops.sum(x, false, 0, 2, 3), count(x)));
        long channels = x.size(1);
        Tensor n = Ops.slice(sums, 0, channels, channels + 1).detach();
        Tensor mean = Ops.slice(sums, 0, 0, channels).div(n);
        Tensor centred = x.sub(mean.view(1, -1, 1, 1));
        Tensor variance =
                f.sum().of(Ops.sum(Ops.square(centred), false, 0, 2, 3)).div(n);
        if (f.trackStatistics()) {
            track(mean.detach(), variance.detach().mul(n.div(Ops.add(n, -1))));
        }
        Tensor y = centred.mul(Ops.add(variance, eps).rsqrt().view(1, -1, 1, 1));
        if (!weight.has_value()) {
            return y;
        }
        return torch.addcmul(bias.get().view(1, -1, 1, 1), y, weight.get().view(1, -1, 1, 1));
    }

    private static Tensor count(Tensor x) {
        return torch.full(new long[] {1}, Ops.scalar((double) x.numel() / x.size(1)), Ops.floats(x.device()));
    }

    private void track(Tensor mean, Tensor variance) {
        Scope.withoutGrad(() -> {
            batches.add_(new Scalar(1L));
            runningMean.get().lerp_(mean, Ops.scalar(MOMENTUM));
            runningVar.get().lerp_(variance, Ops.scalar(MOMENTUM));
        });
    }
}
