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
    /** The rules of PyTorch-StudioGAN, by its names (see {@link #weight}). */
    public enum Rule {
        /** Semi-orthogonal (Saxe et al., 2014), gain 1. */
        ORTHO,
        /** Normal with mean 0 and deviation 0.02 (Radford et al., 2016). */
        N02,
        /** Uniform of Glorot and Bengio (2010), gain 1. */
        XAVIER
    }

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
                    case N02 -> Ops.mul(draws.normal(shape), 0.02);
                    case XAVIER -> xavier(shape);
                });
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
