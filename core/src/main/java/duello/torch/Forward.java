package duello.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * Everything that a forward pass may change besides its result, as a value: there are no modes to switch on modules and
 * to forget.
 *
 * @param batchStatistics whether batch normalisation uses the batch's statistics; else the running ones
 * @param trackStatistics whether the running statistics move towards the batch's
 * @param powerStep whether spectral normalisation iterates once before use, and stores the result
 * @param tap sees, and may replace, every named map
 * @param sum how batch statistics are added up over the processes of a run
 */
public record Forward(boolean batchStatistics, boolean trackStatistics, boolean powerStep, Tap tap, Sum sum) {
    /** Training with running statistics that move: a discriminator's pass, or the generator's in its own turn. */
    public static final Forward TRAINING = new Forward(true, true, true, Tap.NONE, Sum.LOCAL);

    /** The generator's pass in the discriminator's turn, and side passes: batch statistics that leave no trace. */
    public static final Forward TRACELESS = new Forward(true, false, true, Tap.NONE, Sum.LOCAL);

    /** Evaluation: running statistics, nothing moves. */
    public static final Forward EVALUATION = new Forward(false, false, false, Tap.NONE, Sum.LOCAL);

    /** Evaluation with the statistics of each batch. */
    public static final Forward BATCH_STATISTICS = new Forward(true, false, false, Tap.NONE, Sum.LOCAL);

    /**
     * Evaluation in which spectral normalisation goes on iterating, as PyTorch-StudioGAN's worker evaluates. An averaged
     * generator needs at least one iteration: the average of unit vectors is not a singular vector.
     */
    public static final Forward ITERATING_EVALUATION = new Forward(false, false, true, Tap.NONE, Sum.LOCAL);

    public Forward with(Tap other) {
        return new Forward(batchStatistics, trackStatistics, powerStep, other, sum);
    }

    public Forward with(Sum other) {
        return new Forward(batchStatistics, trackStatistics, powerStep, tap, other);
    }

    /** Adds up over processes; differentiable. */
    @FunctionalInterface
    public interface Sum {
        /** Every process for itself. */
        Sum LOCAL = t -> t;

        /** The sum over the processes. */
        Tensor of(Tensor t);
    }

    /** Sees every named map of a network as it is computed. */
    @FunctionalInterface
    public interface Tap {
        Tap NONE = (layer, map) -> map;

        /** The map to go on with: {@code map} itself, or a replacement of its shape. */
        Tensor at(String layer, Tensor map);
    }
}
