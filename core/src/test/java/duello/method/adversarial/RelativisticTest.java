package duello.method.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.io.Golden;
import duello.io.Json;
import duello.method.Adversarial;
import duello.method.PerSample;
import duello.method.Scored;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class RelativisticTest {
    private static final LeastSquares AROUND_ZERO = new LeastSquares(1, -1, false);

    /** The losses of DeshuffleGAN by their names in the golden file. */
    private static final Map<String, Adversarial> LOSSES = Map.of(
            "standard", new Vanilla(),
            "least_squares", new LeastSquares(1, 0, false),
            "hinge", new Hinge(),
            "relativistic_average_standard", new Relativistic(true, true, new Vanilla()),
            "relativistic_average_least_squares", new Relativistic(true, true, AROUND_ZERO),
            "relativistic_average_hinge", new Relativistic(true, true, new Hinge()));

    private static final double[] REAL = {1.4, 0.2, -0.5, 0.9};
    private static final double[] FAKE = {-0.7, 0.6, -1.5, 0.1};

    private static Scored scored(double... logits) {
        return new Scored(Ops.tensor(logits, logits.length), Ops.tensor(new long[logits.length], logits.length));
    }

    private static double value(PerSample loss) {
        return loss.mean().item_double();
    }

    @TestFactory
    Stream<DynamicTest> theLossesOfDeshuffleGanAreThePublishedNumbers() {
        JsonNode golden = Json.read(Golden.resource("self-supervision-golden.json"))
                .path("cases")
                .path("adversarial_losses");
        return LOSSES.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> compare(e.getValue(), e.getKey(), golden)));
    }

    private static void compare(Adversarial loss, String name, JsonNode golden) {
        try (Scope scope = Scope.open()) {
            Scored real = scored(numbers(golden.path("inputs").path("real")));
            Scored fake = scored(numbers(golden.path("inputs").path("fake")));
            JsonNode expected = golden.path(name);
            assertThat(value(loss.discriminator(real, fake)))
                    .isCloseTo(expected.path("d").asDouble(Double.NaN), within(1e-9));
            assertThat(value(loss.generator(() -> real, fake)))
                    .isCloseTo(expected.path("g").asDouble(Double.NaN), within(1e-9));
        }
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @Test
    void inPairsTheOriginalLossIsTheMeanLogisticLossOfDifferences() {
        double d = 0;
        double g = 0;
        for (int i = 0; i < REAL.length; i++) {
            d += Math.log1p(Math.exp(FAKE[i] - REAL[i])) / REAL.length;
            g += Math.log1p(Math.exp(REAL[i] - FAKE[i])) / REAL.length;
        }
        Relativistic pairs = new Relativistic(false, true, new Vanilla());
        try (Scope scope = Scope.open()) {
            assertThat(value(pairs.discriminator(scored(REAL), scored(FAKE)))).isCloseTo(d, within(1e-12));
            assertThat(value(pairs.generator(() -> scored(REAL), scored(FAKE)))).isCloseTo(g, within(1e-12));
        }
    }

    @Test
    void withoutHalvingItIsTwiceAsMuch() {
        try (Scope scope = Scope.open()) {
            double half = value(new Relativistic(true, true, new Hinge()).discriminator(scored(REAL), scored(FAKE)));
            assertThat(value(new Relativistic(true, false, new Hinge()).discriminator(scored(REAL), scored(FAKE))))
                    .isCloseTo(2 * half, within(1e-12));
        }
    }

    @Test
    void theGeneratorAsksForRealsOnceAndLearnsThroughTheMeanOfItsImagesToo() {
        AtomicInteger asked = new AtomicInteger();
        Relativistic average = new Relativistic(true, true, AROUND_ZERO);
        try (Scope scope = Scope.open()) {
            Scored fake = scored(FAKE);
            fake.logit().requires_grad_(true);
            PerSample loss = average.generator(
                    () -> {
                        asked.incrementAndGet();
                        return scored(REAL);
                    },
                    fake);
            double[] gradient = Ops.toDoubles(Ops.grad(loss.mean(), fake.logit(), false));
            double toReals = 0;
            for (double r : REAL) {
                toReals -= (r + 0.375 + 1) / 16;
            }
            for (int i = 0; i < FAKE.length; i++) {
                assertThat(gradient[i]).isCloseTo((FAKE[i] - 0.5 - 1) / 4 + toReals, within(1e-12));
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void otherLossesDoNotAskForRealsInTheGeneratorsTurn() {
        try (Scope scope = Scope.open()) {
            for (Adversarial loss : new Adversarial[] {new Vanilla(), new LeastSquares(), new Hinge()}) {
                PerSample g = loss.generator(
                        () -> {
                            throw new AssertionError("asked for reals");
                        },
                        scored(FAKE));
                assertThat(value(g)).isFinite();
            }
        }
    }

    @Test
    void eachSideKeepsItsOwnImages() {
        try (Scope scope = Scope.open()) {
            PerSample g = new Relativistic(true, true, new Hinge()).generator(() -> scored(0.5, 1.5), scored(3, -2, 1));
            assertThat(List.of(
                            Objects.requireNonNull(g.real()).size(0),
                            Objects.requireNonNull(g.fake()).size(0)))
                    .containsExactly(2L, 3L);
        }
    }

    @Test
    void lossesThatAreNoneOfDifferencesAreRefused() {
        assertThatThrownBy(() -> new Relativistic(true, true, new LeastSquares()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fake: -1");
        assertThatThrownBy(() -> new Relativistic(true, true, new MultiHinge(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Relativistic(true, true, new Relativistic(true, true, new Hinge())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LeastSquares(0, 1, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
