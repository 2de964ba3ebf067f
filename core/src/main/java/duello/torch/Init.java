package duello.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How fresh parameters are drawn: a rule, a stream of draws and the device they end up on.
 *
 * @param rule what weights are drawn from
 * @param draws the stream, used up in the order in which layers are built
 * @param device where the tensors live
 */
public record Init(Rule rule, Draws draws, Device device) {
    /** The rules of PyTorch-StudioGAN, by its names, and DCGAN's (see {@link #weight}). */
    public enum Rule {
        /** Semi-orthogonal (Saxe et al., 2014), gain 1. */
        ORTHO,
        /** Normal with mean 0 and deviation 0.02 (Radford et al., 2016). */
        N02,
        /** Uniform of Glorot and Bengio (2010), gain 1. */
        XAVIER,
        /**
         * As programs in the line of DCGAN start: convolutions as {@link #N02}, the scales of batch normalisation normal
         * around 1 with deviation 0.02, and everything else as PyTorch starts it, uniform within 1 / sqrt(fan-in).
         */
        DCGAN
    }

    private static final double DEVIATION = 0.02;

    /** A stream seeded by {@code seed} on the processor's generator. */
    public static Init of(Rule rule, long seed, Device device) {
        return new Init(rule, new SeededDraws(seed, Devices.CPU), device);
    }

    /**
     * A weight of the rule. Its fan-in is everything but axis 0, its fan-out axis 0 times the kernel's area, as PyTorch
     * counts; {@code ORTHO} flattens it to axis 0 times the rest.
     */
    public Tensor weight(long... shape) {
        return made(
                switch (rule) {
                    case ORTHO -> orthogonal(shape);
                    case N02 -> Ops.mul(draws.normal(shape), DEVIATION);
                    case XAVIER -> xavier(shape);
                    case DCGAN -> shape.length > 2 ? Ops.mul(draws.normal(shape), DEVIATION) : within(shape, shape);
                });
    }

    /** The {@code n} biases beside a weight of shape {@code weight}: 0 but for {@code DCGAN}. */
    public Tensor bias(long n, long... weight) {
        return rule == Rule.DCGAN ? made(within(weight, n)) : zeros(n);
    }

    /** The scales of a normalisation of {@code n} channels: 1 but for {@code DCGAN}. */
    public Tensor scale(long n) {
        return rule == Rule.DCGAN ? made(Ops.add(Ops.mul(draws.normal(n), DEVIATION), 1)) : ones(n);
    }

    /** Uniform within 1 / sqrt(fan-in of {@code weight}). */
    private Tensor within(long[] weight, long... shape) {
        double bound = Math.sqrt((double) weight[0] / product(weight));
        return Ops.mul(Ops.add(Ops.mul(draws.uniform(shape), 2), -1), bound);
    }

    public Tensor zeros(long... shape) {
        return made(Ops.zeros(Devices.CPU, shape));
    }

    public Tensor ones(long... shape) {
        return made(Ops.ones(Devices.CPU, shape));
    }

    /** A standard normal vector of length 1, as spectral normalisation starts with. */
    public Tensor unitVector(long n) {
        return made(Ops.unit(draws.normal(n), 1e-12));
    }

    /** An int64 scalar 0, as batch normalisation counts its batches in. */
    public Tensor counter() {
        return Scope.kept(() -> torch.zeros(new long[0], Ops.longs(device)));
    }

    private Tensor made(Tensor t) {
        return Scope.keep(t.to(device, t.scalar_type()));
    }

    private Tensor orthogonal(long[] shape) {
        long rows = shape[0];
        long columns = product(shape) / rows;
        Tensor gaussian = rows < columns ? draws.normal(columns, rows) : draws.normal(rows, columns);
        var qr = torch.linalg_qr(gaussian);
        // The sign correction makes the distribution uniform over orthogonal matrices (Mezzadri, 2007).
        Tensor q = qr.get0().mul(torch.diagonal(qr.get1()).sign());
        return (rows < columns ? q.t() : q).reshape(shape);
    }

    private Tensor xavier(long[] shape) {
        long area = product(shape) / (shape[0] * shape[1]);
        double bound = Math.sqrt(6.0 / ((shape[0] + shape[1]) * area));
        return Ops.mul(Ops.add(Ops.mul(draws.uniform(shape), 2), -1), bound);
    }

    private static long product(long[] shape) {
        long n = 1;
        for (long s : shape) {
            n *= s;
        }
        return n;
    }
}
