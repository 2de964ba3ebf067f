package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Parts that a state dict lists under two names. */
class ModuleTest {
    private static final String FIRST = "conv.weight";
    private static final String FURTHER = "model.3.weight";

    /** One linear map, registered as {@code conv} and as {@code model.3}. */
    private static Module twice() {
        Layers layers = new Layers(Init.of(Init.Rule.N02, 1, Devices.CPU), false);
        Module owner = new Module();
        Module model = new Module();
        Linear linear = owner.child("conv", layers.linear(2, 1, false));
        owner.child("model", model);
        model.alias("3", linear);
        return owner;
    }

    private static Map<String, Tensor> values(double value, String... names) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (String name : names) {
            values.put(name, Ops.add(Ops.zeros(Devices.CPU, 1, 2), value));
        }
        return values;
    }

    private static double first(Module module) {
        return Ops.toDoubles(States.required(module.state(), FIRST))[0];
    }

    @Test
    void aPartOfTwoNamesIsListedTwiceAndMovedOnce() {
        try (Scope scope = Scope.open()) {
            Module module = twice();
            assertThat(module.state()).containsOnlyKeys(FIRST);
            assertThat(module.parameters()).containsOnlyKeys(FIRST);
            assertThat(module.parameterCount()).isEqualTo(2);
            assertThat(module.published().keySet()).containsExactly(FIRST, FURTHER);
            assertThat(module.published().get(FURTHER)).isSameAs(module.state().get(FIRST));
        }
    }

    @Test
    void anAverageMovesItOnce() {
        try (Scope scope = Scope.open()) {
            Module average = twice();
            Module source = twice();
            average.load(values(0, FIRST), "zeros");
            source.load(values(1, FIRST), "ones");
            Average.update(average, source, 0.75);
            assertThat(first(average)).isEqualTo(0.25);
        }
    }

    @Test
    void loadingTakesEitherNameOrBoth() {
        try (Scope scope = Scope.open()) {
            Module module = twice();
            module.load(values(2, FIRST), "a file");
            assertThat(first(module)).isEqualTo(2);
            module.load(values(3, FURTHER), "a file");
            assertThat(first(module)).isEqualTo(3);
            module.load(values(4, FIRST, FURTHER), "a file");
            assertThat(first(module)).isEqualTo(4);
            Map<String, Tensor> neither = values(5, "model.4.weight");
            assertThatThrownBy(() -> module.load(neither, "a file"))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("'" + FIRST + "' is missing")
                    .hasMessageContaining("'model.4.weight' is surplus");
        }
    }
}
