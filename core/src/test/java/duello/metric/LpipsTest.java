package duello.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.io.SafeTensors;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** LPIPS, with weights of the formula, gives the published code's numbers layer by layer. */
class LpipsTest {
    private static final JsonNode GOLDEN = GoldenEval.json("lpips.json");

    @TempDir
    Path folder;

    /** The state dict of the published program under torchvision's names. */
    private static Map<String, NdArray> weights(LpipsNet net) {
        Map<String, NdArray> weights = new LinkedHashMap<>();
        published(net).forEach((name, array) -> weights.putAll(LpipsWeights.ours(Map.of(name, array))));
        return weights;
    }

    /** The same under its own names. */
    private static Map<String, NdArray> published(LpipsNet net) {
        Map<String, NdArray> weights = new LinkedHashMap<>();
        GOLDEN.get(net.title()).get("state_dict_keys").properties().forEach(entry -> {
            long[] shape = new long[entry.getValue().size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = entry.getValue().get(i).longValue();
            }
            String formula = entry.getKey().replaceFirst("^net\\.slice\\d+", "features");
            weights.put(entry.getKey(), WeightFormula.array(formula, shape));
        });
        return weights;
    }

    private static Tensor image(int n, int height, int width) {
        return Ops.add(WeightFormula.image(n, height, width).div(Ops.scalar(127.5)), -1);
    }

    @ParameterizedTest
    @EnumSource(LpipsNet.class)
    void everyLayerAndTheSumAreThePublishedOnes(LpipsNet net) {
        Lpips lpips = Lpips.of(net, weights(net), "formula", Devices.CPU);
        GOLDEN.get(net.title()).get("cases").properties().forEach(entry -> {
            int height = Integer.parseInt(entry.getKey().split("x")[0]);
            int width = Integer.parseInt(entry.getKey().split("x")[1]);
            JsonNode golden = entry.getValue();
            Scope.withoutGrad(() -> {
                try (Scope scope = Scope.open()) {
                    Tensor both = Ops.cat(0, image(1, height, width), image(2, height, width));
                    List<Tensor> maps = lpips.maps(both);
                    for (int i = 0; i < maps.size(); i++) {
                        double mean = Ops.rows(maps.get(i), 0, 1).mean().item_double();
                        assertThat(mean).isCloseTo(at(golden, "tap_means_of_first_image_f64", i), within(1e-5));
                        assertThat(distance(
                                        maps.subList(i, i + 1), lpips.weights().subList(i, i + 1)))
                                .isCloseTo(at(golden, "per_layer_f64", i), within(1e-7));
                    }
                    List<Tensor> ones = Collections.nCopies(maps.size(), Ops.ones(Devices.CPU, 1, 1, 1, 1));
                    assertThat(distance(maps, ones))
                            .isCloseTo(golden.get("baseline_without_lin_f64").doubleValue(), within(2e-6));
                    Tensor pairs = lpips.between(image(1, height, width), image(2, height, width));
                    assertThat(pairs.item_double())
                            .isCloseTo(golden.get("distance_f64").doubleValue(), within(2e-7));
                }
            });
        });
    }

    private static double at(JsonNode golden, String list, int i) {
        return golden.get(list).get(i).doubleValue();
    }

    /** Of the two images that the maps are of. */
    private static double distance(List<Tensor> maps, List<Tensor> weights) {
        Tensor vectors = UnitMaps.vectors(maps, weights);
        return PerceptualPairs.of(Ops.rows(vectors, 0, 1), Ops.rows(vectors, 1, 2))
                .item_double();
    }

    @Test
    void allPairsAtOnceAreTheDistancesOfEachPair() {
        Lpips lpips = Lpips.of(LpipsNet.ALEX, weights(LpipsNet.ALEX), "formula", Devices.CPU);
        Scope.withoutGrad(() -> {
            try (Scope scope = Scope.open()) {
                Tensor images = new SeededDraws(1, Devices.CPU).normal(5, 3, 40, 40);
                Tensor vectors = lpips.vectors(images);
                double[] all = Ops.toDoubles(PerceptualPairs.of(Ops.rows(vectors, 0, 3), vectors));
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 5; j++) {
                        Tensor one = lpips.between(Ops.rows(images, i, i + 1), Ops.rows(images, j, j + 1));
                        assertThat(all[5 * i + j]).isCloseTo(one.item_double(), within(1e-7));
                    }
                    assertThat(all[5 * i + i]).as("of an image and itself").isBetween(0.0, 1e-9);
                }
            }
        });
    }

    private Path file(String name, Map<String, NdArray> arrays) {
        Path file = folder.resolve(name + ".safetensors");
        SafeTensors.write(file, arrays, Map.of());
        return file;
    }

    @Test
    void twoFilesAndOneOfBothGiveTheSameMeasure() {
        Map<String, NdArray> trunk = new LinkedHashMap<>(weights(LpipsNet.ALEX));
        Map<String, NdArray> linear = new LinkedHashMap<>(trunk);
        trunk.keySet().removeIf(name -> name.startsWith("lin"));
        linear.keySet().removeIf(name -> name.startsWith("features"));
        trunk.put("classifier.1.weight", NdArray.of(new float[] {1}, 1, 1));
        Map<String, NdArray> both = new LinkedHashMap<>(published(LpipsNet.ALEX));
        linear.forEach((name, array) -> both.put(name.replaceFirst("lin", "lins."), array));

        Path network = file("alexnet", trunk);
        Path weights = file("alex", linear);
        Lpips ofTwo = Lpips.load(LpipsNet.ALEX, List.of(network, weights), Devices.CPU);
        assertThat(ofTwo.name()).isEqualTo("LPIPS[alex]");
        assertThat(ofTwo.digest())
                .isEqualTo(Lpips.load(LpipsNet.ALEX, List.of(file("both", both)), Devices.CPU)
                        .digest());

        refused(List.of(network), "the linear weights of LPIPS are missing", "weights/v0.1/alex.pth");
        refused(List.of(weights), "the network's own weights are missing", "alexnet-owt-7be5be79.pth");
        refused(List.of(network, weights, weights), "'lin0.model.1.weight' once more");
    }

    private static void refused(List<Path> files, String... said) {
        assertThatThrownBy(() -> Lpips.load(LpipsNet.ALEX, files, Devices.CPU))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(said);
    }

    @Test
    void weightsOfAnotherNetworkOrBelowZeroAreRefused() {
        assertThatThrownBy(() -> Lpips.of(LpipsNet.SQUEEZE, weights(LpipsNet.ALEX), "alex.pth", Devices.CPU))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("alex.pth", "does not fit", "features.0.weight");
        Map<String, NdArray> damaged = new LinkedHashMap<>(weights(LpipsNet.ALEX));
        damaged.computeIfPresent("lin1.model.1.weight", (name, array) -> {
            float[] values = array.toFloats();
            values[7] = -0.01f;
            return NdArray.of(values, array.shape());
        });
        assertThatThrownBy(() -> Lpips.of(LpipsNet.ALEX, damaged, "alex.pth", Devices.CPU))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'lin1.model.1.weight' has a negative number");
    }

    /** A plain second implementation. */
    @Test
    void withoutFilesTheClassifiersMapsAreComparedAndTheNameSaysSo() {
        SmallClassifier.About about = new SmallClassifier.About("faces-classifier", 32, List.of("a", "b"));
        SmallClassifier classifier = new SmallClassifier(about, about.fresh(3, Devices.CPU), 0, Devices.CPU);
        ClassifierDistance measure = new ClassifierDistance(classifier);
        assertThat(measure.name()).isEqualTo("perceptual[faces-classifier]");
        Scope.withoutGrad(() -> {
            try (Scope scope = Scope.open()) {
                Tensor images = new SeededDraws(5, Devices.CPU).normal(2, 3, 32, 32);
                List<Double> stages = new ArrayList<>();
                for (Tensor map : classifier.maps(images)) {
                    Tensor unit = map.div(Ops.sum(map.square(), true, 1).sqrt());
                    Tensor difference = Ops.rows(unit, 0, 1).sub(Ops.rows(unit, 1, 2));
                    stages.add(Ops.sum(difference.square(), false, 1).mean().item_double());
                }
                double expected = stages.stream().mapToDouble(d -> d).average().orElseThrow();
                double actual = measure.between(Ops.rows(images, 0, 1), Ops.rows(images, 1, 2))
                        .item_double();
                assertThat(stages).hasSize(6);
                assertThat(actual).isCloseTo(expected, within(1e-6)).isBetween(0.01, 2.0);
            }
        });
    }
}
