package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimisers move parameters as their formulas say, computed here by hand in double precision. */
class OptimizersTest {
    private static final double[] GRADIENTS = {0.5, -2, 0.25};
    private static final Offset<Double> CLOSE = within(1e-12);

    /** One parameter of one number, in double precision. */
    private static Map<String, Tensor> single(double value) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("p", Ops.tensor(new double[] {value}, 1).requires_grad_(true));
        return parameters;
    }

    /** Sets the gradient of every parameter to {@code g}. */
    private static void gradient(Map<String, Tensor> parameters, double g) {
        for (Tensor p : parameters.values()) {
            if (p.grad().defined()) {
                p.mutable_grad().reset();
            }
            Ops.backward(Ops.mul(p.sum(), g));
        }
    }

    private static double value(Map<String, Tensor> parameters, String name) {
        return Ops.toDoubles(States.required(parameters, name))[0];
    }

    private static void assertFollows(Map<String, Tensor> parameters, Optimizer optimizer, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            gradient(parameters, GRADIENTS[i]);
            optimizer.step();
            assertThat(value(parameters, "p")).as("after step " + (i + 1)).isEqualTo(expected[i], CLOSE);
        }
    }

    // ---- Adam

    private static double[] adamByHand(double start, Adam.Settings s) {
        double p = start;
        double m = 0;
        double v = 0;
        double[] path = new double[GRADIENTS.length];
        for (int t = 1; t <= path.length; t++) {
            double g = GRADIENTS[t - 1] + s.weightDecay() * p;
            m = s.beta1() * m + (1 - s.beta1()) * g;
            v = s.beta2() * v + (1 - s.beta2()) * g * g;
            double corrected = m / (1 - Math.pow(s.beta1(), t));
            double root = Math.sqrt(v / (1 - Math.pow(s.beta2(), t)));
            p -= s.rate() * corrected / (root + s.eps());
            path[t - 1] = p;
        }
        return path;
    }

    @Test
    void adamsFirstStepIsTheLearningRateWhateverTheGradient() {
        Map<String, Tensor> parameters = single(1);
        assertFollows(parameters, new Adam(parameters, new Adam.Settings(0.01, 0.5, 0.999, 0, 0)), 0.99);
    }

    @Test
    void threeStepsOfAdam() {
        Adam.Settings settings = new Adam.Settings(0.1, 0.5, 0.9, 1e-6, 0);
        Map<String, Tensor> parameters = single(1);
        assertFollows(parameters, new Adam(parameters, settings), adamByHand(1, settings));
    }

    @Test
    void threeStepsOfAdamWithoutMeanAndWithWeightDecay() {
        Adam.Settings settings = new Adam.Settings(0.1, 0, 0.99, 1e-8, 0.3);
        Map<String, Tensor> parameters = single(-2);
        assertFollows(parameters, new Adam(parameters, settings), adamByHand(-2, settings));
    }

    @Test
    void aParameterWithoutGradientNeitherMovesNorAges() {
        Map<String, Tensor> both = single(1);
        both.put("idle", Ops.tensor(new double[] {1}, 1).requires_grad_(true));
        Adam.Settings settings = new Adam.Settings(0.1, 0.5, 0.9, 1e-6, 0.1);
        Adam adam = new Adam(both, settings);
        gradient(Map.of("p", States.required(both, "p")), 3);
        adam.step();
        assertThat(value(both, "idle")).isEqualTo(1);
        assertThat(Ops.toLongs(States.required(adam.state(), "idle.step"))).containsExactly(0);
        assertThat(Ops.toLongs(States.required(adam.state(), "p.step"))).containsExactly(1);

        // its first own step is a first step
        gradient(both, GRADIENTS[0]);
        adam.step();
        assertThat(value(both, "idle")).isEqualTo(adamByHand(1, settings)[0], CLOSE);
    }

    // ---- the others

    @Test
    void stochasticGradientDescent() {
        Map<String, Tensor> parameters = single(1);
        assertFollows(parameters, new Sgd(parameters, new Sgd.Settings(0.1, 0, false, 0)), 0.95, 1.15, 1.125);
    }

    @Test
    void momentumStartsWithTheFirstGradient() {
        Map<String, Tensor> parameters = single(1);
        // b = 0.5; 0.5*0.9 - 2 = -1.55; -1.55*0.9 + 0.25 = -1.145
        assertFollows(parameters, new Sgd(parameters, new Sgd.Settings(0.1, 0.9, false, 0)), 0.95, 1.105, 1.2195);
    }

    @Test
    void nesterovsMomentumLooksAhead() {
        Map<String, Tensor> parameters = single(1);
        // g + 0.9 b: 0.5 + 0.45; -2 - 1.395; 0.25 - 1.0305
        assertFollows(parameters, new Sgd(parameters, new Sgd.Settings(0.1, 0.9, true, 0)), 0.905, 1.2445, 1.32255);
    }

    @Test
    void weightDecayPullsTowardsZero() {
        Map<String, Tensor> parameters = single(2);
        // 2 - 0.1 (0.5 + 0.2*2) = 1.91; 1.91 - 0.1 (-2 + 0.2*1.91) = 2.0718
        assertFollows(parameters, new Sgd(parameters, new Sgd.Settings(0.1, 0, false, 0.2)), 1.91, 2.0718);
    }

    @Test
    void rootMeanSquarePropagation() {
        RmsProp.Settings s = new RmsProp.Settings(0.1, 0.9, 0.5, 1e-8, 0.2);
        double p = 1;
        double v = 0;
        double b = 0;
        double[] expected = new double[GRADIENTS.length];
        for (int i = 0; i < expected.length; i++) {
            double g = GRADIENTS[i] + s.weightDecay() * p;
            v = s.alpha() * v + (1 - s.alpha()) * g * g;
            b = s.momentum() * b + g / (Math.sqrt(v) + s.eps());
            p -= s.rate() * b;
            expected[i] = p;
        }
        Map<String, Tensor> parameters = single(1);
        assertFollows(parameters, new RmsProp(parameters, s), expected);
    }

    @Test
    void theRateFallsInSteps() {
        Map<String, Tensor> parameters = single(1);
        Optimizer inner = new Sgd(parameters, new Sgd.Settings(0.1, 0, false, 0));
        // 1 - 0.1 * 0.5; + 0.1 * 2; - 0.02 * 0.25
        assertFollows(parameters, new StepDecay(inner, 0.2, 2), 0.95, 1.15, 1.145);
    }

    // ---- saving

    static List<Function<Map<String, Tensor>, Optimizer>> kinds() {
        return List.of(
                p -> new Adam(p, new Adam.Settings(0.01, 0.5, 0.999, 1e-6, 0.01)),
                p -> new Sgd(p, new Sgd.Settings(0.01, 0.9, true, 0.01)),
                p -> new RmsProp(p, new RmsProp.Settings(0.01, 0.99, 0.5, 1e-8, 0.01)),
                p -> new StepDecay(new Adam(p, new Adam.Settings(0.01, 0.5, 0.999, 1e-6, 0.01)), 0.5, 2));
    }

    private static Map<String, Tensor> several() {
        Draws draws = new SeededDraws(3, Devices.CPU);
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("a.weight", draws.normal(5, 3).requires_grad_(true));
        parameters.put("a.bias", draws.normal(5).requires_grad_(true));
        return parameters;
    }

    private static void steps(Map<String, Tensor> parameters, Optimizer optimizer, int from, int to) {
        for (int i = from; i < to; i++) {
            Draws draws = new SeededDraws(i, Devices.CPU);
            for (Tensor p : parameters.values()) {
                if (p.grad().defined()) {
                    p.mutable_grad().reset();
                }
                Ops.backward(p.mul(draws.normal(Ops.shape(p))).sum());
            }
            optimizer.step();
        }
    }

    private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, t) -> copies.put(name, Ops.cloneOf(t.detach())));
        return copies;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void savedAndLoadedItGoesOnBitForBit(Function<Map<String, Tensor>, Optimizer> kind) {
        Map<String, Tensor> straight = several();
        Optimizer first = kind.apply(straight);
        steps(straight, first, 0, 3);
        Map<String, Tensor> state = copies(first.state());
        Map<String, Tensor> resumed = copies(straight);
        resumed.values().forEach(p -> p.requires_grad_(true));
        steps(straight, first, 3, 6);

        Optimizer second = kind.apply(resumed);
        second.load(state);
        steps(resumed, second, 3, 6);
        straight.forEach((name, p) -> assertThat(Ops.toFloats(States.required(resumed, name)))
                .as(name)
                .containsExactly(Ops.toFloats(p)));
    }

    @Test
    void aStateOfOtherParametersIsRefused() {
        Map<String, Tensor> parameters = several();
        Adam adam = new Adam(parameters, new Adam.Settings(0.01, 0.5, 0.999, 1e-6, 0));
        Map<String, Tensor> state = copies(adam.state());
        state.remove("a.bias.exp_avg");
        assertThatThrownBy(() -> adam.load(state)).isInstanceOf(Failure.class).hasMessageContaining("a.bias.exp_avg");
    }

    // ---- moving averages

    private static Module module(float parameter, float buffer, long count) {
        Module module = new Module();
        module.parameter("p", Ops.tensor(new float[] {parameter}, 1));
        module.buffer("b", Ops.tensor(new float[] {buffer}, 1));
        module.buffer("n", Ops.tensor(new long[] {count}).view(new long[0]));
        return module;
    }

    @Test
    void averagesMoveParametersAndBuffersAndCopyCounters() {
        Module average = module(1, 10, 3);
        Average.update(average, module(2, 20, 9), 0.75);
        assertThat(Ops.toFloats(States.required(average.state(), "p"))).containsExactly(1.25f);
        assertThat(Ops.toFloats(States.required(average.state(), "b"))).containsExactly(12.5f);
        assertThat(Ops.toLongs(States.required(average.state(), "n"))).containsExactly(9);
    }

    @Test
    void anAverageWithoutDecayIsACopyAndLeavesTheSourceAlone() {
        Module source = module(2, 20, 9);
        Module average = module(1, 10, 3);
        Average.update(average, source, 0);
        assertThat(Ops.toFloats(States.required(average.state(), "p"))).containsExactly(2);
        assertThat(Ops.toFloats(States.required(source.state(), "p"))).containsExactly(2);
        assertThat(States.required(average.state(), "n").scalar_type().intern()).isEqualTo(ScalarType.Long);
    }
}
