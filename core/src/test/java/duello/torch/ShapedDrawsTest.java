package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.io.Json;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Draws made of other draws: truncated, and row by row. */
class ShapedDrawsTest {
    private static Draws seeded(long seed) {
        return new SeededDraws(seed, Devices.CPU);
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static JsonNode golden() throws URISyntaxException {
        var file = ShapedDrawsTest.class.getResource("/golden-eval/analyses/sampling.json");
        return Json.read(Path.of(Objects.requireNonNull(file).toURI())).path("truncated_normal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "1.0", "2.0"})
    void truncatedNormalsHaveThePublishedQuantiles(String bound) throws URISyntaxException {
        try (Scope scope = Scope.open()) {
            double[] u = numbers(golden().path("u"));
            double[] expected = numbers(golden().path("quantiles").path(bound));
            assertThat(expected).hasSameSizeAs(u);
            double[] actual =
                    Ops.toDoubles(TruncatedDraws.quantiles(Ops.tensor(u, u.length), Double.parseDouble(bound)));
            assertThat(actual).containsExactly(expected, Offset.offset(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.04, 1, 3})
    void truncatedNormalsLieWithinTheBoundAndSpreadAsTheyShould(double bound) {
        try (Scope scope = Scope.open()) {
            float[] z = Ops.toFloats(new TruncatedDraws(seeded(3), bound).normal(200, 100));
            double variance = DoubleStream.iterate(0, i -> i + 1)
                    .limit(z.length)
                    .map(i -> z[(int) i])
                    .map(v -> v * v)
                    .average()
                    .orElseThrow();
            for (float v : z) {
                assertThat(Math.abs(v)).isLessThanOrEqualTo((float) bound);
            }
            assertThat(variance).isCloseTo(variance(bound), within(0.03 * variance(bound)));
        }
    }

    /** {@code 1 - 2 t phi(t) / (2 Phi(t) - 1)}, its integral taken by the midpoint rule. */
    private static double variance(double t) {
        int steps = 10_000;
        double mass = 0;
        double second = 0;
        for (int i = 0; i < steps; i++) {
            double x = t * (i + 0.5) / steps;
            double density = Math.exp(-x * x / 2);
            mass += density;
            second += x * x * density;
        }
        return second / mass;
    }

    @Test
    void truncationLeavesOtherDrawsAlone() {
        try (Scope scope = Scope.open()) {
            Draws truncated = new TruncatedDraws(seeded(3), 0.5);
            Draws plain = seeded(3);
            assertThat(Ops.toFloats(truncated.uniform(3, 2))).containsExactly(Ops.toFloats(plain.uniform(3, 2)));
            assertThat(Ops.toLongs(truncated.ints(9, 5))).containsExactly(Ops.toLongs(plain.ints(9, 5)));
        }
    }

    @Test
    void nothingLiesWithinABoundOfZero() {
        assertThatThrownBy(() -> new TruncatedDraws(seeded(1), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRowIsTheSameWhateverRowsItIsDrawnWith() {
        try (Scope scope = Scope.open()) {
            Draws three = new RowDraws(List.of(seeded(1), seeded(2), seeded(3)));
            Draws alone = new RowDraws(List.of(seeded(2)));
            float[] together = Ops.toFloats(three.normal(3, 4));
            assertThat(Ops.toFloats(alone.normal(1, 4))).containsExactly(Arrays.copyOfRange(together, 4, 8));
            long[] ints = Ops.toLongs(three.ints(100, 3));
            assertThat(Ops.toLongs(alone.ints(100, 1))).containsExactly(ints[1]);
            assertThatThrownBy(() -> three.uniform(2, 4)).hasMessageContaining("rows of a batch");
        }
    }
}
