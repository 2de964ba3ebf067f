package duello.metric;

import duello.catalog.Failure;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The Inception Score (Salimans et al., <i>Improved Techniques for Training GANs</i>, NeurIPS 2016):
 * {@code exp(mean_i KL(p_i || mean p))} over the class probabilities of generated images, from 1 to the number of
 * classes. Computed from the logits by log-softmax in float64, so that no probability underflows.
 *
 * @param mean mean over the splits
 * @param deviation deviation over the splits with divisor S, as torch-fidelity reports; 0 for one split
 * @param unbiasedDeviation with divisor S - 1, as PyTorch-StudioGAN reports; not a number for one split
 */
public record InceptionScore(double mean, double deviation, double unbiasedDeviation) {
    /** The seed by which torch-fidelity shuffles. */
    public static final int SHUFFLE_SEED = 2020;

    /**
     * Over {@code splits} consecutive parts of the rows as they are, part j from {@code floor(j N / S)}.
     *
     * @param logits {@code [N, classes]}
     * @throws Failure if there are fewer rows than splits or a logit is not finite
     */
    public static InceptionScore of(Tensor logits, int splits) {
        Blocks.check("inception score", "generated", logits, splits);
        long n = logits.size(0);
        double[] scores = new double[splits];
        for (int j = 0; j < splits; j++) {
            scores[j] = ofChunk(logits, n * j / splits, n * (j + 1) / splits);
        }
        return summary(scores);
    }

    /** Over rows that are first shuffled by NumPy's legacy generator, as torch-fidelity does with seed 2020. */
    public static InceptionScore shuffled(Tensor logits, int splits, int seed) {
        int n = Math.toIntExact(logits.size(0));
        int[] order = new LegacyRandom(seed).permutation(n);
        long[] places = new long[n];
        for (int i = 0; i < n; i++) {
            places[i] = order[i];
        }
        try (Scope scope = Scope.open()) {
            return of(logits.index_select(0, Ops.tensor(places, n)), splits);
        }
    }

    private static double ofChunk(Tensor logits, long from, long to) {
        try (Scope scope = Scope.open()) {
            long n = to - from;
            Tensor rows = Ops.rows(logits, from, to);
            Tensor marginal = Blocks.zeros(logits.size(1));
            Tensor negativeEntropy = Blocks.zeros(1);
            Blocks.forEach(rows, Blocks.COLUMNS, (block, start, end) -> {
                Tensor log = torch.log_softmax(block, 1);
                Tensor p = log.exp();
                marginal.add_(Ops.sum(p, false, 0));
                negativeEntropy.add_(p.mul(log).sum());
            });
            Tensor mean = marginal.div(Ops.scalar(n));
            // A class that no image has contributes nothing: 0 ln 0 is 0.
            double marginalTerm = torch.special_xlogy(mean, mean).sum().item_double();
            return Math.exp(negativeEntropy.item_double() / n - marginalTerm);
        }
    }

    private static InceptionScore summary(double[] scores) {
        double mean = 0;
        for (double s : scores) {
            mean += s / scores.length;
        }
        double squares = 0;
        for (double s : scores) {
            squares += (s - mean) * (s - mean);
        }
        return new InceptionScore(mean, Math.sqrt(squares / scores.length), Math.sqrt(squares / (scores.length - 1)));
    }
}
