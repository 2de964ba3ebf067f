package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Draws of a seed: fixed numbers, of the right distributions, without a common stream. */
class SeededDrawsTest {
    private static Draws draws(long seed) {
        return new SeededDraws(seed, Devices.CPU);
    }

    @Test
    void knownAnswersStayAsTheyAre() {
        // The numbers of libtorch's generator for seed 0: randn(3), rand(3) and randint(10, 5), each afresh.
        assertThat(Ops.toFloats(draws(0).normal(3))).containsExactly(1.5409961f, -0.2934289f, -2.1787894f);
        assertThat(Ops.toFloats(draws(0).uniform(3))).containsExactly(0.49625659f, 0.76822180f, 0.08847743f);
        assertThat(Ops.toLongs(draws(0).ints(10, 5))).containsExactly(4, 9, 3, 0, 3);
    }

    @Test
    void theSameSeedGivesTheSameNumbersWhateverElseIsDrawn() {
        Draws first = draws(5);
        Draws other = draws(6);
        Draws second = draws(5);
        for (int i = 0; i < 3; i++) {
            float[] expected = Ops.toFloats(first.normal(4, 3));
            other.uniform(100);
            assertThat(Ops.toFloats(second.normal(4, 3))).containsExactly(expected);
        }
    }

    @Test
    void shapesAndTypesAreThoseAskedFor() {
        assertThat(Ops.shape(draws(1).normal(2, 3, 4))).containsExactly(2, 3, 4);
        assertThat(Ops.shape(draws(1).uniform(5))).containsExactly(5);
        Tensor ints = draws(1).ints(3, 2, 2);
        assertThat(Ops.shape(ints)).containsExactly(2, 2);
        assertThat(ints.scalar_type().intern()).isEqualTo(ScalarType.Long);
    }

    @Test
    void pickedNumbersAreEvenlySpread() {
        int[] counts = new int[3];
        Draws draws = draws(3);
        for (int i = 0; i < 300; i++) {
            counts[draws.pick(3)]++;
        }
        assertThat(counts[0]).isBetween(70, 130);
        assertThat(counts[1]).isBetween(70, 130);
    }

    @Test
    void normalsHaveMeanZeroAndDeviationOne() {
        double[] values = Ops.toDoubles(draws(2).normal(100_000));
        assertThat(mean(values)).isBetween(-0.015, 0.015);
        assertThat(mean(Arrays.stream(values).map(v -> v * v).toArray())).isBetween(0.98, 1.02);
    }

    @Test
    void uniformsFillTheUnitIntervalWithoutItsEnd() {
        double[] values = Ops.toDoubles(draws(3).uniform(100_000));
        assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(0.0, 1e-3);
        assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.999, Math.nextDown(1.0));
        assertThat(mean(values)).isBetween(0.495, 0.505);
    }

    @Test
    void wholeNumbersAreEvenlySpread() {
        long[] values = Ops.toLongs(draws(4).ints(7, 70_000));
        for (long k = 0; k < 7; k++) {
            long wanted = k;
            assertThat(Arrays.stream(values).filter(v -> v == wanted).count()).isBetween(9500L, 10500L);
        }
    }

    @Test
    void streamsOfNeighbouringSeedsAreNotCorrelated() {
        int n = 20_000;
        double[] a = Ops.toDoubles(draws(Seeds.derive(1, "latent", 10)).normal(n));
        double[] b = Ops.toDoubles(draws(Seeds.derive(1, "latent", 11)).normal(n));
        double product = 0;
        for (int i = 0; i < n; i++) {
            product += a[i] * b[i];
        }
        // deviation 1 / sqrt(n) = 0.007
        assertThat(product / n).isBetween(-0.03, 0.03);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
