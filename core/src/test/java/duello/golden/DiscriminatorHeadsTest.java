package duello.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import duello.io.Golden;
import duello.io.Json;
import duello.io.NdArray;
import duello.io.SafeTensors;
import duello.model.Weights;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every way of conditioning a discriminator has the published heads: the same names, the same order, the same outputs
 * from the same weights.
 */
class DiscriminatorHeadsTest {
    private static final Path FOLDER = Golden.folder().resolve("discriminator_heads_32");

    /** The order in which the published constructor makes heads, after the trunk. */
    private static final List<String> ORDER = List.of(
            "linear1",
            "linear2",
            "mapping",
            "embedding",
            "linear_mi",
            "embedding_mi",
            "info_discrete_linear",
            "info_conti_mu_linear",
            "info_conti_var_linear");

    @TestFactory
    Stream<DynamicTest> everyNetwork() {
        JsonNode config = Json.read(FOLDER.resolve("config.json"));
        int classes = config.path("num_classes").asInt();
        return config.path("networks").properties().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue(), classes)));
    }

    private static void check(String name, JsonNode settings, int classes) {
        JsonNode model = settings.path("MODEL");
        String family = model.path("backbone").asString();
        assumeTrue(HeadsNetwork.FAMILIES.contains(family), "there is no family " + family + " yet");
        try (Scope scope = Scope.open()) {
            HeadsNetwork network = HeadsNetwork.of(settings, classes);
            List<String> heads = network.children().stream()
                    .filter(child -> !child.equals("blocks") && !child.matches("b\\d+"))
                    .toList();
            assertThat(heads)
                    .isEqualTo(ORDER.stream().filter(heads::contains).toList())
                    .contains("linear1");
            Weights.load(read(name + ".D").tensors(), network.module(), name);
            compare(network, name, model);
        }
    }

    private static void compare(HeadsNetwork network, String name, JsonNode model) {
        Map<String, NdArray> inputs = read("inputs").tensors();
        Map<String, Tensor> ours =
                network.outputs(Weights.tensor(inputs.get("in/x")), Weights.tensor(inputs.get("in/y")));
        Allowances allowances = Allowances.of(Golden.folder());
        List<String> notUnderstood = new ArrayList<>();
        Map<String, String> faults = new LinkedHashMap<>();
        read(name + ".io").tensors().forEach((entry, theirs) -> {
            Tensor value = ours.get(entry);
            if (value == null) {
                notUnderstood.add(entry);
                return;
            }
            double used = allowances.used(entry, Ops.toDoubles(value), expected(entry, theirs, model));
            if (!(used <= 1)) {
                faults.put(entry, used + " times what is allowed");
            }
        });
        assertThat(notUnderstood).as("entries that are not understood").isEmpty();
        assertThat(faults).as("entries that differ").isEmpty();
    }

    /** Embeddings and proxies have length 1 here whether or not the fixture's have: the losses take cosines. */
    private static double[] expected(String entry, NdArray theirs, JsonNode model) {
        boolean embedded = entry.endsWith("embed") || entry.endsWith("proxy");
        return embedded && !model.path("normalize_d_embed").asBoolean(false)
                ? Ops.toDoubles(Ops.unit(Weights.tensor(theirs), 1e-12))
                : theirs.toDoubles();
    }

    private static SafeTensors.Contents read(String name) {
        return SafeTensors.read(FOLDER.resolve(name + ".safetensors"));
    }
}
