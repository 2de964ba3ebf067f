package duello.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.io.Json;
import duello.io.NdArray;
import duello.io.Npy;
import duello.torch.Ops;
import duello.torch.Scope;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Directions are scaled to the weights as the published implementation scales them. */
class ScalingTest {
    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(ScalingTest.class.getResource("/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Tensor array(String name) {
        NdArray array = Npy.read(resource("golden-eval/analyses/landscape_" + name + ".npy"));
        return Ops.tensor(array.toDoubles(), array.shape());
    }

    private static Tensor nested(JsonNode node) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode at = node; at.isArray(); at = at.get(0)) {
            shape.add((long) at.size());
        }
        List<Double> values = new ArrayList<>();
        flatten(node, values);
        return Ops.tensor(
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                shape.stream().mapToLong(Long::longValue).toArray());
    }

    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            node.forEach(inner -> flatten(inner, into));
        } else {
            into.add(node.doubleValue());
        }
    }

    private static double[] numbers(Tensor t) {
        return Ops.toDoubles(t.flatten());
    }

    /** The names of the published implementation. */
    private static String published(Scaling scaling) {
        return scaling.name().replace("UNIT_", "D").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void directionsHaveThePublishedLengths(Scaling scaling) {
        try (Scope scope = Scope.open()) {
            JsonNode expected = Json.read(resource("golden-eval/analyses/landscape.json"))
                    .path("loss_landscape")
                    .path("norms")
                    .path(published(scaling));
            for (int i = 0; i < 4; i++) {
                Tensor made = scaling.of(array("direction_raw_" + i), array("weight_" + i), 0);
                assertThat(made.norm().item_double())
                        .as("length of %d", i)
                        .isCloseTo(expected.path("l2_per_tensor").get(i).doubleValue(), within(1e-5));
                JsonNode start = expected.path("first3_of_tensor" + i);
                for (int k = 0; k < start.size(); k++) {
                    assertThat(numbers(made)[k]).isCloseTo(start.get(k).doubleValue(), within(1e-6));
                }
            }
        }
    }

    @Test
    void filterNormalisedDirectionsAreThePublishedOnes() {
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < 4; i++) {
                Tensor made = Scaling.FILTER.of(array("direction_raw_" + i), array("weight_" + i), 0);
                assertThat(numbers(made)).containsExactly(numbers(array("direction_filter_" + i)), within(1e-6));
            }
        }
    }

    @Test
    void aMovedWeightIsTheWeightAndAShareOfTheDirection() {
        try (Scope scope = Scope.open()) {
            JsonNode c = Json.read(resource("golden/self-supervision-golden.json"))
                    .path("cases")
                    .path("filter_normalised_direction");
            Tensor weight = nested(c.path("inputs").path("weight"));
            Tensor made = Scaling.FILTER.of(nested(c.path("inputs").path("direction")), weight, 0);
            assertThat(numbers(made)).containsExactly(numbers(nested(c.path("normalised"))), within(1e-8));
            assertThat(numbers(weight.add(Ops.mul(made, 0.5))))
                    .containsExactly(numbers(nested(c.path("weights_at_x_0.5"))), within(1e-8));
        }
    }

    @Test
    void theFiltersOfATransposedConvolutionLieAlongItsSecondAxis() {
        try (Scope scope = Scope.open()) {
            Tensor weight = array("weight_0").transpose(0, 1).contiguous();
            Tensor drawn = array("direction_raw_0").transpose(0, 1).contiguous();
            assertThat(numbers(Scaling.FILTER.of(drawn, weight, 1).transpose(0, 1)))
                    .containsExactly(numbers(array("direction_filter_0")), within(1e-6));
        }
    }
}
