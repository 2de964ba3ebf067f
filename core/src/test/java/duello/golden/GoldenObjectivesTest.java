package duello.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import duello.io.Json;
import duello.torch.Ops;
import duello.torch.Scope;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The formulas of losses, penalties, augmentations and averages, and two short runs of training, give the numbers that
 * the published implementation gives, values and gradients. {@code -Dduello.golden.objectives=FILE} names another file.
 */
class GoldenObjectivesTest {
    private static final double RELATIVE = 1e-5;
    private static final double ABSOLUTE = 1e-6;

    /** ADA's transforms were computed in single precision. */
    private static final double ABSOLUTE_ADA = 1e-4;

    /** Expected entries that no published method here computes, by name, and why. */
    private static final Map<String, String> NOT_OURS = Map.of(
            "per_sample", "formulas give the mean over the batch",
            "v0.1_0.2_release_margin_and_extra_temperature", "a historical variant",
            "v0.1_0.2_release_margin0", "a historical variant",
            "numerator_including_k_equal_i", "a variant that shows what including the diagonal would give");

    /** The cases whose methods are there; the others are skipped by name. */
    private static final Set<String> THERE = Set.of(
            "adv", "pd", "mh", "md", "2c", "d2dce", "tac", "adc", "infogan", "gp", "maxgp", "dragan", "r1", "lecam",
            "zcr", "diffaug", "ada", "apa", "cr", "toy", "spd", "path", "lazy");

    private static final Set<String> THERE_BY_NAME = Set.of(
            "ac_cross_entropy",
            "ema_standard",
            "ema_stylegan_beta",
            "weight_clipping",
            "consistency_mse",
            "feature_matching",
            "latent_optimise",
            "langevin_one_step",
            "topk");

    private static boolean there(String name) {
        return THERE_BY_NAME.contains(name) || THERE.contains(name.substring(0, Math.max(0, name.indexOf('_'))));
    }

    static Path file() {
        String given = System.getProperty("duello.golden.objectives");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        URL resource = GoldenObjectivesTest.class.getResource("/golden/objectives-golden.json");
        if (resource == null) {
            throw new IllegalStateException("golden/objectives-golden.json is not among the test resources");
        }
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ObjectiveCase> cases() {
        JsonNode all = Json.read(file()).path("cases");
        return StreamSupport.stream(all.spliterator(), false)
                .map(ObjectiveCase::new)
                .toList();
    }

    @Test
    void theFileHoldsTheCasesOfEveryMethodThatIsThere() {
        assertThat(cases()).filteredOn(c -> there(c.name())).hasSizeGreaterThanOrEqualTo(48);
    }

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
    }

    private static void check(ObjectiveCase given) {
        assumeTrue(there(given.name()), "there is no method of case " + given.name() + " yet");
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> ours = ObjectiveFormulas.compute(given);
            List<String> notUnderstood = new ArrayList<>();
            Map<String, String> faults = new LinkedHashMap<>();
            given.expected().forEach((entry, expected) -> {
                if (NOT_OURS.containsKey(entry)) {
                    return;
                }
                Tensor value = ours.get(entry);
                if (value == null) {
                    notUnderstood.add(entry);
                } else {
                    fault(Ops.toDoubles(value), expected, absolute(given)).ifPresent(f -> faults.put(entry, f));
                }
            });
            assertThat(notUnderstood).as("entries that are not understood").isEmpty();
            assertThat(faults).as("entries that differ").isEmpty();
        }
    }

    private static double absolute(ObjectiveCase given) {
        return given.node().path("group").asString().equals("ada_transform") ? ABSOLUTE_ADA : ABSOLUTE;
    }

    private static Optional<String> fault(double[] ours, double[] theirs, double absolute) {
        if (ours.length != theirs.length) {
            return Optional.of(ours.length + " numbers instead of " + theirs.length);
        }
        for (int i = 0; i < ours.length; i++) {
            if (!(Math.abs(ours[i] - theirs[i]) <= RELATIVE * Math.abs(theirs[i]) + absolute)) {
                return Optional.of("at " + i + ": " + ours[i] + " instead of " + theirs[i]);
            }
        }
        return Optional.empty();
    }
}
