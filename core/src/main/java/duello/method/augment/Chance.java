package duello.method.augment;

import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Draws for a batch in which each transform happens to each sample with a probability of its own coin. The probability
 * stays on the device, so asking never waits for it.
 *
 * @param draws where everything comes from: a transform's parameters first, then its coin
 * @param batch how many samples
 * @param probability a scalar in [0, 1]
 */
record Chance(Draws draws, long batch, Tensor probability) {
    Chance with(Tensor other) {
        return new Chance(draws, batch, other);
    }

    /** {@code parameter}, {@code [B]} or {@code [B, n]}, for samples whose coin falls so; {@code neutral} for others. */
    Tensor gated(Tensor parameter, double neutral) {
        Tensor coin = draws.uniform(batch).lt(probability);
        Tensor shaped = parameter.dim() == 1 ? coin : coin.unsqueeze(1);
        return Ops.keepWhere(parameter, shaped, neutral);
    }

    /** Standard normal {@code [B]}. */
    Tensor normal() {
        return draws.normal(batch);
    }

    /** Uniform {@code [B]} in {@code [-bound, bound)}. */
    Tensor uniform(double bound) {
        return centred(draws.uniform(batch), bound);
    }

    /** {@code u} in [0, 1) spread over {@code [-bound, bound)}. */
    static Tensor centred(Tensor u, double bound) {
        return Ops.mul(Ops.add(u, -0.5), 2 * bound);
    }

    /** {@code 2^(deviation n)}, n standard normal: {@code [B]}. */
    Tensor lognormal(double deviation) {
        return Ops.mul(normal(), deviation).exp2();
    }

    /** Whole numbers in {@code [0, high)} as floats: {@code [B]}. */
    Tensor whole(long high) {
        return draws.ints(high, batch).to(ScalarType.Float);
    }
}
