package duello.metric;

import static duello.metric.GoldenEval.matrix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.metric.Prdc.Surface;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.SeededDraws;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Precision, recall, density and coverage count exactly the rows that the published code counts. */
class PrdcTest {
    private static void assertSame(Prdc actual, JsonNode golden) {
        assertThat(actual.precision()).isCloseTo(golden.get("precision").doubleValue(), within(1e-12));
        assertThat(actual.recall()).isCloseTo(golden.get("recall").doubleValue(), within(1e-12));
        assertThat(actual.density()).isCloseTo(golden.get("density").doubleValue(), within(1e-12));
        assertThat(actual.coverage()).isCloseTo(golden.get("coverage").doubleValue(), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"3", "5"})
    void goldenSets(int k) {
        Prdc prdc = Prdc.of(matrix("features_real.npy"), matrix("features_fake.npy"), k, Surface.OUTSIDE);
        assertSame(prdc, GoldenEval.json("metrics.json").at("/prdc/studiogan_k" + k + "_real_vs_fake_f64"));
    }

    @ParameterizedTest
    @CsvSource({"OUTSIDE,strict,3", "INSIDE,not_strict,3", "OUTSIDE,strict,5", "INSIDE,not_strict,5"})
    void repeatedRowsAndTies(Surface surface, String name, int k) {
        Prdc prdc = Prdc.of(matrix("ties_real.npy"), matrix("ties_fake.npy"), k, surface);
        assertSame(prdc, GoldenEval.json("extra.json").at("/prdc_ties/" + name + "_k" + k));
    }

    @Test
    void radiiAreThoseOfTheKthOtherRow() {
        double[] squared = Ops.toDoubles(Neighbours.squaredRadii(matrix("features_real.npy"), 5));
        JsonNode golden = GoldenEval.json("metrics.json").at("/prdc/radii_real_k5_first5");
        for (int i = 0; i < 5; i++) {
            assertThat(Math.sqrt(squared[i])).isCloseTo(golden.get(i).doubleValue(), within(1e-9));
        }
    }

    @Test
    void manyTilesGiveWhatTheWholeMatrixGives() {
        Tensor real = new SeededDraws(1, Devices.CPU).normal(2100, 4).to(torch.ScalarType.Double);
        Tensor fake = new SeededDraws(2, Devices.CPU).normal(4300, 4).to(torch.ScalarType.Double);
        Prdc tiled = Prdc.of(real, fake, 4, Surface.OUTSIDE);
        Tensor across = torch.cdist(real, fake);
        Tensor radii = torch.cdist(real, real).kthvalue(5).get0();
        Tensor inside = across.lt(radii.unsqueeze(1));
        assertThat(tiled.precision()).isEqualTo(inside.any(0).sum().item_double() / 4300);
        assertThat(tiled.coverage()).isEqualTo(inside.any(1).sum().item_double() / 2100);
        assertThat(tiled.density()).isCloseTo(inside.sum().item_double() / (4 * 4300), within(1e-12));
        Tensor fakeRadii = torch.cdist(fake, fake).kthvalue(5).get0();
        assertThat(tiled.recall()).isEqualTo(across.lt(fakeRadii).any(1).sum().item_double() / 2100);
    }

    @Test
    void tooFewRowsForKAreRefused() {
        Tensor few = Ops.rows(matrix("features_real.npy"), 0, 5);
        assertThatThrownBy(() -> Prdc.of(few, few, 5, Surface.OUTSIDE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("at least 6 reference images");
    }

    @Test
    void accuracyIsTheShareOfLabelsHit() {
        Tensor logits = Ops.tensor(new float[] {3, 1, 0, 0, 2, 9, 1, 5, 2}, 3, 3);
        assertThat(ClassAccuracy.of(logits, new int[] {0, 2, 2})).isCloseTo(2.0 / 3, within(1e-12));
    }
}
