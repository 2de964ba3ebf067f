package duello.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.io.Json;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The analyses' numbers are those of the published implementation. */
class FormulasTest {
    private final JsonNode golden = golden();

    private static JsonNode golden() {
        try {
            var file = FormulasTest.class.getResource("/golden-eval/analyses/sampling.json");
            return Json.read(Path.of(Objects.requireNonNull(file).toURI()));
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static Tensor matrix(JsonNode rows) {
        double[] all = StreamSupport.stream(rows.spliterator(), false)
                .flatMapToDouble(row -> Arrays.stream(numbers(row)))
                .toArray();
        return Ops.tensor(all, rows.size(), rows.get(0).size());
    }

    private double accuracy(String logits, boolean real, double boundary) {
        double[] values = numbers(golden.path("discriminator_accuracy").path(logits));
        Tensor right = DiscriminatorOverfitting.right(Ops.tensor(values, values.length), real, boundary);
        return (double) right.item_long() / values.length;
    }

    @Test
    void accuraciesOfTheDiscriminator() {
        try (Scope scope = Scope.open()) {
            JsonNode expected = golden.path("discriminator_accuracy");
            assertThat(accuracy("real_train_logits", true, 0))
                    .isEqualTo(expected.path("train_accuracy").doubleValue());
            assertThat(accuracy("real_valid_logits", true, 0))
                    .isEqualTo(expected.path("valid_accuracy").doubleValue());
            assertThat(accuracy("fake_logits", false, 0))
                    .isEqualTo(expected.path("fake_accuracy").doubleValue());
            assertThat(accuracy("real_train_logits", true, 0.5))
                    .isEqualTo(expected.path("cutoff_0.5_train").doubleValue());
        }
    }

    @Test
    void aScoreOnTheBoundaryIsRightForNobody() {
        try (Scope scope = Scope.open()) {
            assertThat(DiscriminatorOverfitting.right(Ops.zeros(Devices.CPU, 4), true, 0)
                            .item_long())
                    .isZero();
            assertThat(DiscriminatorOverfitting.right(Ops.zeros(Devices.CPU, 4), false, 0)
                            .item_long())
                    .isZero();
        }
    }

    @Test
    void lengthsOfFeaturesAndOfTheClassifiersGradient() {
        try (Scope scope = Scope.open()) {
            JsonNode c = golden.path("classifier_gradient");
            Tensor features = matrix(c.path("features"));
            Tensor labels = Ops.tensor(
                    Arrays.stream(numbers(c.path("labels")))
                            .mapToLong(d -> (long) d)
                            .toArray(),
                    c.path("labels").size());
            // The given logits, as those of weights that do not show in them but in the gradient.
            Tensor weight = features.new_zeros(4, 5).requires_grad_(true);
            Tensor logits = features.mm(weight.t()).add(matrix(c.path("logits")));
            Tensor gradient = Ops.grad(torch.cross_entropy_loss(logits, labels), weight, false);
            assertThat(ClassGradientNorms.meanLength(gradient).item_double())
                    .isCloseTo(mean(c.path("per_class_gradient_norm")), within(1e-7));
            assertThat(ClassGradientNorms.meanLength(features).item_double())
                    .isCloseTo(mean(c.path("feature_norms")), within(1e-7));
        }
    }

    private static double mean(JsonNode list) {
        return Arrays.stream(numbers(list)).average().orElseThrow();
    }
}
