package duello.method.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How maps are chosen and cut. */
class MapsTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    /** One channel whose positions count from 0. */
    private static Tensor numbered(long side) {
        return Ops.range(side * side, Devices.CPU).view(1, 1, side, side);
    }

    @Test
    void fiveWindowsAreTheQuartersAndTheMiddle() {
        Tensor windows = Correlation.fiveWindows(numbered(4));
        assertThat(Ops.shape(windows)).containsExactly(5, 1, 2, 2);
        assertThat(Ops.toDoubles(windows))
                .containsExactly(0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15, 5, 6, 9, 10);
    }

    @Test
    void windowsOfOddMapsLeaveTheLastRowOut() {
        assertThat(Ops.shape(Correlation.fiveWindows(numbered(5)))).containsExactly(5, 1, 2, 2);
    }

    @Test
    void disturbanceIsTheMeanOverPairsAndWindowsTimesTheirPositions() {
        SeededDraws draws = new SeededDraws(3, Devices.CPU);
        Tensor source = draws.normal(3, 2, 8, 8);
        Tensor target = draws.normal(3, 2, 8, 8);
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = i + 1; j < 3; j++) {
                Tensor wanted = Correlation.between(window(source, i), window(source, j));
                Tensor ours = Correlation.between(window(target, i), window(target, j));
                sum += 4 * ours.sub(wanted).abs().mean().item_double();
                pairs++;
            }
        }
        assertThat(Correlation.disturbance(source, target, 4).item_double()).isCloseTo(sum / pairs, within(1e-6));
        assertThat(Correlation.disturbance(source, source, 4).item_double()).isZero();
    }

    private static Tensor window(Tensor maps, int image) {
        return Correlation.windows(Ops.rows(maps, image, image + 1), 4);
    }

    @Test
    void patchesAreJudgedOnMapsOf32And16RowsOrAQuarterOfASmallImage() {
        List<NamedMap> at256 = maps(128, 64, 32, 32, 16, 16, 8, 4);
        assertThat(RelaxedRealism.ofPatches(at256, 256))
                .extracting(NamedMap::rows)
                .containsExactly(32L, 32L, 16L, 16L);
        assertThat(RelaxedRealism.ofPatches(maps(32, 16, 8, 4), 64))
                .extracting(NamedMap::rows)
                .containsExactly(16L);
        assertThat(RelaxedRealism.ofPatches(maps(16, 8, 4), 32))
                .extracting(NamedMap::rows)
                .containsExactly(8L);
        assertThat(RelaxedRealism.ofPatches(maps(8, 8), 16))
                .extracting(NamedMap::rows)
                .containsExactly(8L);
    }

    private static List<NamedMap> maps(long... rows) {
        return LongStream.of(rows)
                .mapToObj(r -> new NamedMap("map of " + r, 4, r))
                .toList();
    }

    @Test
    void mapsAreChosenByTheirRowsAndTheLastWhereNoneFits() {
        List<NamedMap> there = maps(4, 8, 16, 32);
        assertThat(LayerChoice.ofRows(List.of(), there, r -> r >= 16)).containsExactly("map of 16", "map of 32");
        assertThat(LayerChoice.ofRows(List.of(), there, r -> r > 99)).containsExactly("map of 32");
        assertThat(LayerChoice.ofRows(List.of("map of 4"), there, r -> r >= 16)).containsExactly("map of 4");
    }

    @Test
    void rowsOfACodeReadTheListOfBlendsAtEvenSteps() {
        LatentCompression faces = new LatentCompression(List.of(0.0, 0.2, 0.4, 0.6), 1, 0.1, 1);
        assertThat(List.of(faces.blend(0, 4), faces.blend(3, 4))).containsExactly(0.0, 0.6);
        assertThat(List.of(faces.blend(0, 8), faces.blend(1, 8), faces.blend(7, 8)))
                .containsExactly(0.0, 0.0, 0.6);
        assertThat(faces.blend(0, 1)).isEqualTo(0.4);
    }

    @Test
    void aBasisOfMoreVectorsThanDirectionsIsNoTrouble() {
        Tensor w = Ops.tensor(new double[] {3, 4}, 1, 2);
        Tensor basis = Ops.tensor(new double[] {1, 0, 0, 1, 1, 1, 2, 2}, 4, 2);
        assertThat(Ops.toDoubles(Projection.compressed(w, basis, 1)))
                .containsExactly(new double[] {3, 4}, within(1e-9));
        Tensor line = Ops.tensor(new double[] {1, 0, 2, 0}, 2, 2);
        assertThat(Ops.toDoubles(Projection.compressed(w, line, 1))).containsExactly(new double[] {5, 0}, within(1e-9));
    }
}
