package duello.metric;

import static duello.metric.GoldenEval.matrix;
import static duello.metric.GoldenEval.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import duello.catalog.Failure;
import duello.torch.Ops;
import org.assertj.core.data.Percentage;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** The Inception Score by every published way of splitting. */
class InceptionScoreTest {
    private static final Percentage EXACT = withPercentage(1e-8);
    private final Tensor logits = matrix("logits_fake.npy");

    private static double golden(String path) {
        return number("metrics.json", "inception_score/" + path);
    }

    @Test
    void oneSplit() {
        InceptionScore score = InceptionScore.of(logits, 1);
        assertThat(score.mean()).isCloseTo(golden("studiogan_splits1_f64/mean"), EXACT);
        assertThat(score.deviation()).isZero();
        assertThat(score.unbiasedDeviation()).isNaN();
    }

    @Test
    void tenSplitsInOrder() {
        InceptionScore score = InceptionScore.of(logits, 10);
        assertThat(score.mean()).isCloseTo(golden("studiogan_splits10_f64/mean"), EXACT);
        assertThat(score.unbiasedDeviation()).isCloseTo(golden("studiogan_splits10_f64/std_unbiased"), EXACT);
        assertThat(score.deviation()).isCloseTo(golden("torch_fidelity_splits10_noshuffle/inception_score_std"), EXACT);
    }

    @Test
    void tenSplitsShuffledByNumPysLegacyStream() {
        InceptionScore score = InceptionScore.shuffled(logits, 10, InceptionScore.SHUFFLE_SEED);
        assertThat(score.mean())
                .isCloseTo(golden("torch_fidelity_splits10_shuffle_seed2020/inception_score_mean"), EXACT);
        assertThat(score.deviation())
                .isCloseTo(golden("torch_fidelity_splits10_shuffle_seed2020/inception_score_std"), EXACT);
    }

    @Test
    void unevenSplits() {
        InceptionScore score = InceptionScore.of(matrix("is_uneven_logits.npy"), 7);
        assertThat(score.mean())
                .isCloseTo(
                        number("extra.json", "inception_score_uneven/torch_fidelity_noshuffle/inception_score_mean"),
                        EXACT);
        assertThat(score.deviation())
                .isCloseTo(
                        number("extra.json", "inception_score_uneven/torch_fidelity_noshuffle/inception_score_std"),
                        EXACT);
        // This one was computed from probabilities of single precision.
        assertThat(score.unbiasedDeviation())
                .isCloseTo(
                        number("extra.json", "inception_score_uneven/studiogan_std_unbiased_f64"),
                        withPercentage(1e-4));
    }

    @Test
    void probabilitiesThatUnderflowDoNoHarm() {
        // Four images, each certain of a class of its own; the exact score is the number of classes used.
        Tensor certain = Ops.mul(Ops.oneHot(Ops.tensor(new long[] {0, 1, 2, 3}, 4), 6), 5000);
        assertThat(InceptionScore.of(certain, 1).mean()).isCloseTo(4.0, EXACT);
    }

    @Test
    void moreSplitsThanImagesAreRefused() {
        assertThatThrownBy(() -> InceptionScore.of(Ops.rows(logits, 0, 9), 10))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("at least 10 generated images");
    }

    @Test
    void theLegacyStreamIsNumPys() {
        LegacyRandom random = new LegacyRandom(2020);
        assertThat(Integer.toUnsignedLong(random.word())).isEqualTo(4236026720L);
        assertThat(Integer.toUnsignedLong(random.word())).isEqualTo(639299976L);
        assertThat(new LegacyRandom(2020).permutation(10)).containsExactly(2, 4, 9, 1, 5, 7, 6, 3, 8, 0);
        assertThat(new LegacyRandom(2020).choice(600, 100))
                .startsWith(480, 155, 280, 71, 504, 537, 60, 439)
                .doesNotHaveDuplicates();
    }
}
