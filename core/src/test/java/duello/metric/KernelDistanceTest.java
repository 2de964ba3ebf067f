package duello.metric;

import static duello.metric.GoldenEval.matrix;
import static duello.metric.GoldenEval.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import duello.catalog.Failure;
import duello.metric.KernelDistance.Estimate;
import duello.metric.KernelDistance.Subsets;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.SeededDraws;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** The kernel distance by every published estimate. */
class KernelDistanceTest {
    private static final Percentage EXACT = withPercentage(1e-8);
    private final Tensor real = matrix("features_real.npy");
    private final Tensor fake = matrix("features_fake.npy");

    private static double golden(String path) {
        return number("metrics.json", "kid/" + path);
    }

    @Test
    void subsetsOfTheLegacyStream() {
        KernelDistance kid = KernelDistance.overSubsets(real, fake, new Subsets(50, 100, 2020));
        assertThat(kid.mean()).isCloseTo(golden("mean_f64"), EXACT);
        assertThat(kid.deviation()).isCloseTo(golden("std_population_f64"), EXACT);
    }

    @Test
    void theStreamDrawsThePublishedRows() {
        int[] expectedReal = GoldenEval.integers("kid_subset_indices_real.npy");
        int[] expectedFake = GoldenEval.integers("kid_subset_indices_fake.npy");
        LegacyRandom random = new LegacyRandom(2020);
        boolean matches = true;
        for (int s = 0; s < 50; s++) {
            matches &= Arrays.equals(random.choice(500, 100), Arrays.copyOfRange(expectedReal, 100 * s, 100 * s + 100));
            matches &= Arrays.equals(random.choice(600, 100), Arrays.copyOfRange(expectedFake, 100 * s, 100 * s + 100));
        }
        assertThat(matches).isTrue();
    }

    @Test
    void allRows() {
        assertThat(KernelDistance.of(real, fake, Estimate.UNBIASED)).isCloseTo(golden("all_rows_unbiased_f64"), EXACT);
        assertThat(KernelDistance.of(real, fake, Estimate.BIASED)).isCloseTo(golden("all_rows_biased_f64"), EXACT);
    }

    @Test
    void theThreeEstimatesOfOneSubset() {
        Tensor x = Ops.rows(real, 0, 100);
        Tensor y = Ops.rows(fake, 0, 100);
        assertThat(KernelDistance.of(x, y, Estimate.UNBIASED)).isCloseTo(golden("first100_rows_unbiased_f64"), EXACT);
        assertThat(KernelDistance.of(x, y, Estimate.BIASED)).isCloseTo(golden("first100_rows_biased_f64"), EXACT);
        assertThat(KernelDistance.of(x, y, Estimate.U_STATISTIC))
                .isCloseTo(golden("first100_rows_u_statistic_f64"), EXACT);
    }

    @Test
    void manyTilesGiveWhatOneWouldGive() {
        Tensor x = new SeededDraws(1, Devices.CPU).normal(2100, 6).to(torch.ScalarType.Double);
        Tensor y = new SeededDraws(2, Devices.CPU).normal(4200, 6).to(torch.ScalarType.Double);
        double xx = whole(x, x) / (2100.0 * 2099);
        double yy = whole(y, y) / (4200.0 * 4199);
        double xy = torch.mm(x, y.t())
                .div(Ops.scalar(6))
                .add(Ops.scalar(1))
                .pow(Ops.scalar(3))
                .mean()
                .item_double();
        assertThat(KernelDistance.of(x, y, Estimate.UNBIASED)).isCloseTo(xx + yy - 2 * xy, withPercentage(1e-6));
    }

    private static double whole(Tensor a, Tensor b) {
        Tensor k = torch.mm(a, b.t()).div(Ops.scalar(6)).add(Ops.scalar(1)).pow(Ops.scalar(3));
        return k.sum().item_double() - k.trace().item_double();
    }

    @Test
    void aSetSmallerThanASubsetIsRefused() {
        assertThatThrownBy(() -> KernelDistance.overSubsets(real, fake, Subsets.STANDARD))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("at least 1000 reference images");
    }
}
