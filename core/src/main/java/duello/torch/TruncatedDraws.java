package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Draws whose normal numbers come from the standard normal distribution given that it lies in {@code [-bound, bound]}:
 * the distribution of drawing again whatever falls outside, at the cost of one uniform number each. Everything else is
 * drawn as {@code source} draws it.
 *
 * @param bound above 0
 */
public record TruncatedDraws(Draws source, double bound) implements Draws {
    /** Half the distance between two uniform floats: with it they lie symmetrically in (0, 1). */
    private static final double HALF_STEP = 0x1p-25;

    public TruncatedDraws {
        if (!(bound > 0)) {
            throw new IllegalArgumentException("nothing lies within a bound of " + bound);
        }
    }

    /**
     * The quantiles of {@code u}, of its shape and type: {@code Phi^-1(Phi(-t) + u (Phi(t) - Phi(-t)))}, computed as
     * {@code sqrt(2) erfinv((2 u - 1) erf(t / sqrt(2)))}, which is as exact for small bounds.
     *
     * @param u in [0, 1]
     */
    public static Tensor quantiles(Tensor u, double bound) {
        Tensor within = Ops.tensor(new double[] {bound / Math.sqrt(2)}, 1).erf().to(u.device(), u.scalar_type());
        Tensor centred = Ops.add(Ops.mul(u, 2), -1).mul(within);
        Tensor z = Ops.mul(centred.erfinv(), Math.sqrt(2));
        return z.clamp_min_(Ops.scalar(-bound)).clamp_max_(Ops.scalar(bound));
    }

    @Override
    public Tensor normal(long... shape) {
        Tensor u = Ops.add(source.uniform(shape).to(ScalarType.Double), HALF_STEP);
        return quantiles(u, bound).to(ScalarType.Float);
    }

    @Override
    public Tensor uniform(long... shape) {
        return source.uniform(shape);
    }

    @Override
    public Tensor ints(long high, long... shape) {
        return source.ints(high, shape);
    }
}
