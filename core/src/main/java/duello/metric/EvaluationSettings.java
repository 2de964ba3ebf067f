package duello.metric;

import duello.metric.KernelDistance.Subsets;
import duello.metric.Prdc.Surface;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which scores are taken, and how.
 *
 * @param scores which; one that the network or the labels do not allow is left out of the result
 * @param k which neighbour the balls of precision, recall, density and coverage reach to
 * @param surface whether a row on a ball's surface is inside
 * @param splits of the Inception Score
 * @param kernel subsets of the kernel distance; their size shrinks to the smaller set
 * @param batch how many reference images pass the network at once
 */
public record EvaluationSettings(Set<ScoreKind> scores, int k, Surface surface, int splits, Subsets kernel, int batch) {
    /** PyTorch-StudioGAN's: k = 5 with {@code <}, one split; all but the kernel and the intra-class distance. */
    public static final EvaluationSettings STANDARD = new EvaluationSettings(
            EnumSet.range(ScoreKind.FID, ScoreKind.ACCURACY), 5, Surface.OUTSIDE, 1, Subsets.STANDARD, 64);

    public EvaluationSettings {
        scores = Set.copyOf(scores);
    }

    /** The same with other scores. */
    public EvaluationSettings with(Set<ScoreKind> others) {
        return new EvaluationSettings(others, k, surface, splits, kernel, batch);
    }
}
