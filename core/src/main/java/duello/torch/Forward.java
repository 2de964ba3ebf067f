package duello.torch;

import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a forward pass may change besides its result, as a value: there are no modes to switch on modules and
 * to forget.
 *
 * @param batchStatistics whether batch normalisation uses the batch's statistics; else the running ones
 * @param moves what the pass leaves moved behind it
 * @param noise what style networks add to their maps
 * @param tap sees, and may replace, every named map
 * @param sum how batch statistics are added up over the processes of a run
 */
public record Forward(boolean batchStatistics, Set<Moves> moves, Noise noise, Tap tap, Sum sum) {
    /** State of layers that a pass may move. */
    public enum Moves {
        /** The running statistics of batch normalisation, towards the batch's. */
        STATISTICS,
        /** Running averages of what latents are mapped to, towards this pass's. */
        AVERAGES,
        /** Spectral normalisation iterates once before use, and stores the result. */
        POWER
    }

    /** Training with running statistics that move: a discriminator's pass, or the generator's in its own turn. */
    public static final Forward TRAINING = training(Moves.STATISTICS, Moves.POWER);

    /** The generator's main pass in the discriminator's turn. */
    public static final Forward OPPOSING = training(Moves.AVERAGES, Moves.POWER);

    /** Side passes: batch statistics that leave no trace. */
    public static final Forward TRACELESS = training(Moves.POWER);

    /** Evaluation: running statistics, nothing moves. */
    public static final Forward EVALUATION = evaluation();

    /** Evaluation with the statistics of each batch. */
    public static final Forward BATCH_STATISTICS = training();

    /**
     * Evaluation in which spectral normalisation goes on iterating, as PyTorch-StudioGAN's worker evaluates. An averaged
     * generator needs at least one iteration: the average of unit vectors is not a singular vector.
     */
    public static final Forward ITERATING_EVALUATION = evaluation(Moves.POWER);

    public Forward {
        moves = Set.copyOf(moves);
    }

    /** A pass with batch statistics. */
    public static Forward training(Moves... moves) {
        return new Forward(true, Set.of(moves), Noise.STORED, Tap.NONE, Sum.LOCAL);
    }

    /** A pass with running statistics. */
    public static Forward evaluation(Moves... moves) {
        return new Forward(false, Set.of(moves), Noise.STORED, Tap.NONE, Sum.LOCAL);
    }

    /** Whether the running statistics of batch normalisation move. */
    public boolean trackStatistics() {
        return moves.contains(Moves.STATISTICS);
    }

    /** Whether running averages of mapped latents move. */
    public boolean trackAverages() {
        return moves.contains(Moves.AVERAGES);
    }

    /** Whether spectral normalisation iterates. */
    public boolean powerStep() {
        return moves.contains(Moves.POWER);
    }

    /** The same pass in which nothing moves: for networks that are frozen. */
    public Forward still() {
        return new Forward(batchStatistics, Set.of(), noise, tap, sum);
    }

    public Forward withNoise(Noise other) {
        return new Forward(batchStatistics, moves, other, tap, sum);
    }

    public Forward with(Tap other) {
        return new Forward(batchStatistics, moves, noise, other, sum);
    }

    public Forward with(Sum other) {
        return new Forward(batchStatistics, moves, noise, tap, other);
    }

    /** The noise that style networks add to their maps, layer by layer in order. */
    @FunctionalInterface
    public interface Noise {
        /** The maps that were stored with the weights, the same for every image. */
        Noise STORED = (stored, batch) -> stored;

        /** None. */
        Noise NONE = (stored, batch) -> null;

        /** Fresh standard normal maps for every image; the same draws give the same maps. */
        static Noise drawn(Draws draws) {
            return (stored, batch) -> draws.normal(batch, 1, stored.size(0), stored.size(1));
        }

        /**
         * The next layer's map, {@code [H, W]} or {@code [B, 1, H, W]}; null for none.
         *
         * @param stored the layer's own map, {@code [H, W]}
         * @param batch how many images are made, B
         */
        @Nullable
        Tensor map(Tensor stored, long batch);
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
