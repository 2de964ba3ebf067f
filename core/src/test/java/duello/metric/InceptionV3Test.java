package duello.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.io.SafeTensors;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole FID Inception, with weights of the formula, gives the published code's numbers stage by stage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InceptionV3Test {
    private static final String NO_RESIZE = "a_studiogan_InceptionV3_tf_299x299_no_resize";
    private final JsonNode golden = GoldenEval.json("inception_fid.json");
    private final Map<String, NdArray> weights = new LinkedHashMap<>();
    private InceptionV3 network;

    @BeforeAll
    void load() throws IOException {
        List<String> lines = Files.readAllLines(GoldenEval.file("inception-keys.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            if (cells[4].equals("required")) {
                long[] shape = Arrays.stream(cells[1].split("x"))
                        .mapToLong(Long::parseLong)
                        .toArray();
                weights.put(cells[0], WeightFormula.array(cells[0], shape));
            }
        }
        network = InceptionV3.of(weights, "formula", Devices.CPU);
    }

    @Test
    void theFormulaIsThePublishedOne() {
        assertThat(WeightFormula.fnv("fc.weight")).isEqualTo(0x79fb28a75603c7a0L);
        assertThat(weights).hasSize(472);
        assertThat(Objects.requireNonNull(weights.get("Conv2d_1a_3x3.conv.weight"))
                        .toFloats())
                .startsWith(-0.15198442f, 0.12142249f, -0.30463362f, 0.34881026f);
    }

    @Test
    void everyStageFeaturesAndLogitsAreThePublishedOnes() {
        try (Scope scope = Scope.open()) {
            JsonNode stages = golden.get("layer_checkpoints_for_a_f64");
            Forward.Tap tap = (stage, map) -> {
                assertThat(map.mean().item_double())
                        .as(stage)
                        .isCloseTo(stages.get(stage).get("mean").doubleValue(), within(2e-5));
                return map;
            };
            FeatureNetwork.Output output = Scope.noGrad(() -> network.ofLevels(WeightFormula.image(0, 299, 299), tap));
            JsonNode check = golden.at("/checks/" + NO_RESIZE);
            assertVector(output.features(), check.get("pool2048_f64"), "first16");
            assertVector(Objects.requireNonNull(output.logits()), check.get("logits1008_f64"), "first8");
        }
    }

    @Test
    void smallImagesAreEnlargedAsStudioGanDoes() {
        try (Scope scope = Scope.open()) {
            Tensor images = Ops.add(WeightFormula.image(3, 32, 32).div(Ops.scalar(127.5)), -1);
            FeatureNetwork.Output output = Scope.noGrad(() -> network.extract(images));
            assertVector(output.features(), golden.at("/checks/b_studiogan_legacy/pool2048_f64"), "first16");
        }
    }

    private static void assertVector(Tensor actual, JsonNode expected, String firstKey) {
        float[] values = Ops.toFloats(actual);
        double tolerance = 1e-4 * expected.get("std_population").doubleValue() + 1e-5;
        JsonNode first = expected.get(firstKey);
        for (int i = 0; i < first.size(); i++) {
            assertThat((double) values[i]).isCloseTo(first.get(i).doubleValue(), within(tolerance));
        }
        assertThat(actual.mean().item_double()).isCloseTo(expected.get("mean").doubleValue(), within(1e-5));
        double last = expected.get("last4").get(3).doubleValue();
        assertThat((double) values[values.length - 1]).isCloseTo(last, within(tolerance));
    }

    @Test
    void namesThatAreNotThisNetworksAreListed() {
        Map<String, NdArray> other = new LinkedHashMap<>(weights);
        other.remove("fc.bias");
        other.put("AuxLogits.fc.bias", NdArray.of(new float[] {1}, 1));
        assertThatThrownBy(() -> InceptionV3.of(other, "other.pth", Devices.CPU))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("other.pth")
                .hasMessageContaining("'fc.bias' is missing")
                .hasMessageContaining("'AuxLogits.fc.bias' is surplus");
    }

    @Test
    void countsOfBatchesArePassedOver() {
        Map<String, NdArray> with = new LinkedHashMap<>(weights);
        with.put("Conv2d_1a_3x3.bn.num_batches_tracked", NdArray.of(new long[] {7}));
        assertThat(InceptionV3.of(with, "with", Devices.CPU).digest()).isEqualTo(network.digest());
    }

    /** A TorchScript file with NVIDIA's names, written by libtorch: both public files give the same network. */
    @Test
    void theTorchScriptFileGivesTheSameNetwork(@TempDir Path folder) throws IOException {
        Map<String, NdArray> unscaled = new LinkedHashMap<>(weights);
        unscaled.replaceAll((name, array) -> name.endsWith("bn.weight") ? ones(array.shape()) : array);
        Path script = folder.resolve("inception-2015-12-05.pt");
        Path flat = folder.resolve("inception.safetensors");
        SafeTensors.write(flat, unscaled, Map.of());
        try (Scope scope = Scope.open()) {
            Modules tree = new Modules();
            for (String line : Files.readAllLines(GoldenEval.file("inception-keys.csv"))) {
                String[] cells = line.split(",");
                if (cells[5].contains(".")) {
                    tree.add(cells[5], TensorFiles.tensor(Objects.requireNonNull(unscaled.get(cells[0]))));
                }
            }
            tree.root.save(script.toString());
        }
        InceptionV3 ofScript = InceptionV3.load(script, Devices.CPU);
        assertThat(ofScript.digest())
                .isEqualTo(InceptionV3.load(flat, Devices.CPU).digest())
                .isNotEqualTo(network.digest());
    }

    private static NdArray ones(long... shape) {
        float[] ones = new float[(int) shape[0]];
        Arrays.fill(ones, 1);
        return NdArray.of(ones, shape);
    }

    /** TorchScript modules by their dotted paths. */
    private static final class Modules {
        private final JitModule root = new JitModule(new QualifiedName("__torch__.Root"));
        private final Map<String, JitModule> made = new HashMap<>(Map.of("", root));

        void add(String path, Tensor value) {
            int dot = path.lastIndexOf('.');
            module(path.substring(0, dot)).register_parameter(path.substring(dot + 1), value, false);
        }

        private JitModule module(String path) {
            JitModule known = made.get(path);
            if (known != null) {
                return known;
            }
            int dot = path.lastIndexOf('.');
            JitModule module = new JitModule(new QualifiedName("__torch__.M" + made.size()));
            module(dot < 0 ? "" : path.substring(0, dot)).register_module(path.substring(dot + 1), module);
            made.put(path, module);
            return module;
        }
    }
}
