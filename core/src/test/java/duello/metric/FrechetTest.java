package duello.metric;

import static duello.metric.GoldenEval.matrix;
import static duello.metric.GoldenEval.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.torch.Ops;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** The Fréchet distance is exact, also where covariances are singular. */
class FrechetTest {
    private final Tensor real = matrix("features_real.npy");
    private final Tensor fake = matrix("features_fake.npy");

    @Test
    void equalsTheExactValueOfTheGoldenSets() {
        assertThat(Frechet.distance(real, fake))
                .isCloseTo(number("metrics.json", "fid/nuclear_norm_f64"), within(1e-9));
    }

    @Test
    void momentsThatArriveInBatchesGiveTheSameDistance() {
        Moments moments = new Moments(64);
        for (int from = 0; from < 500; from += 37) {
            moments.add(Ops.rows(real, from, Math.min(500, from + 37)));
        }
        assertThat(moments.count()).isEqualTo(500);
        assertThat(Frechet.distance(Gaussian.ofMoments(moments), Gaussian.ofRows(fake)))
                .isCloseTo(number("metrics.json", "fid/nuclear_norm_f64"), within(1e-9));
    }

    @Test
    void momentsAreTheUnbiasedOnes() {
        Moments moments = new Moments(64);
        moments.add(real);
        double[] mean = Ops.toDoubles(moments.mean());
        double[] covariance = Ops.toDoubles(moments.covariance());
        var golden = GoldenEval.json("metrics.json").at("/fid");
        for (int i = 0; i < 4; i++) {
            assertThat(mean[i]).isCloseTo(golden.at("/mu_real_first4/" + i).doubleValue(), within(1e-7));
        }
        assertThat(covariance[0]).isCloseTo(golden.at("/sigma_real_00_01_11/0").doubleValue(), within(1e-7));
        assertThat(covariance[1]).isCloseTo(golden.at("/sigma_real_00_01_11/1").doubleValue(), within(1e-7));
        assertThat(covariance[65]).isCloseTo(golden.at("/sigma_real_00_01_11/2").doubleValue(), within(1e-7));
    }

    @Test
    void aMeanFarFromZeroCostsNoDigits() {
        Moments near = new Moments(64);
        near.add(real);
        Moments far = new Moments(64);
        far.add(Ops.add(real, 1e6));
        double[] expected = Ops.toDoubles(near.covariance());
        double[] actual = Ops.toDoubles(far.covariance());
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-8));
        }
    }

    @Test
    void fewerRowsThanFeaturesGiveTheExactValue() {
        assertThat(Frechet.distance(matrix("singular_n_lt_d_real.npy"), matrix("singular_n_lt_d_fake.npy")))
                .isCloseTo(number("metrics.json", "fid_singular/n_lt_d/exact_nuclear_norm"), within(1e-9));
        assertThat(Frechet.distance(matrix("singular_tiny_real.npy"), matrix("singular_tiny_fake.npy")))
                .isCloseTo(number("metrics.json", "fid_singular/tiny/exact_nuclear_norm"), within(1e-9));
    }

    @Test
    void deadFeaturesGiveTheExactValue() {
        Ops.slice(real, 1, 0, 5).zero_();
        Ops.slice(fake, 1, 0, 5).zero_();
        assertThat(Frechet.distance(real, fake))
                .isCloseTo(number("metrics.json", "fid_singular/zero_columns/exact_nuclear_norm"), within(1e-9));
    }

    @Test
    void aSetIsAtNoDistanceFromItself() {
        Tensor few = matrix("singular_n_lt_d_real.npy");
        assertThat(Frechet.distance(few, few)).isBetween(0.0, 1e-11);
        assertThat(Frechet.distance(real, real)).isBetween(0.0, 1e-11);
    }

    @Test
    void oneImageIsRefused() {
        assertThatThrownBy(() -> Frechet.distance(real, Ops.rows(fake, 0, 1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("at least 2 generated images");
    }

    @Test
    void aBrokenFeatureIsNamed() {
        fake.select(0, 17).fill_(Ops.scalar(Double.NaN));
        assertThatThrownBy(() -> Frechet.distance(real, fake))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void everyClassHasItsOwnDistance() {
        int[] realLabels = GoldenEval.integers("labels_real.npy");
        int[] fakeLabels = GoldenEval.integers("labels_fake.npy");
        IntraClassFrechet result = IntraClassFrechet.of(real, realLabels, fake, fakeLabels, 4);
        var golden = GoldenEval.json("metrics.json").at("/intra_class_fid");
        for (int c = 0; c < 4; c++) {
            // The listed eigenvalue form carries rounding noise of 5e-8 in class 1.
            assertThat(result.perClass()[c])
                    .isCloseTo(golden.at("/per_class/" + c + "/fid").doubleValue(), within(1e-7))
                    .isCloseTo(golden.at("/per_class/" + c + "/studiogan").doubleValue(), within(1e-9))
                    .isCloseTo(fromAllPairs(ofClass(real, realLabels, c), ofClass(fake, fakeLabels, c)), within(1e-10));
        }
        assertThat(result.mean()).isCloseTo(golden.at("/average").doubleValue(), within(1e-7));
    }

    /** The definition without any covariance: the nuclear norm of the products of all centred rows. */
    private static double fromAllPairs(Tensor x, Tensor y) {
        Tensor a = x.sub(Ops.mean(x, true, 0)).div(Ops.scalar(Math.sqrt(x.size(0) - 1.0)));
        Tensor b = y.sub(Ops.mean(y, true, 0)).div(Ops.scalar(Math.sqrt(y.size(0) - 1.0)));
        double means =
                Ops.mean(x, false, 0).sub(Ops.mean(y, false, 0)).square().sum().item_double();
        double traces = a.square().sum().item_double() + b.square().sum().item_double();
        return means
                + traces
                - 2 * torch.linalg_svdvals(torch.mm(a, b.t())).sum().item_double();
    }

    private static Tensor ofClass(Tensor rows, int[] labels, int c) {
        long[] places = IntStream.range(0, labels.length)
                .filter(i -> labels[i] == c)
                .asLongStream()
                .toArray();
        return rows.index_select(0, Ops.tensor(places, places.length));
    }
}
