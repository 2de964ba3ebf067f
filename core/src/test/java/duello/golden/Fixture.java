package duello.golden;

import duello.io.Json;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.SafeTensors;
import duello.model.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;

/**
 * One folder written by a published implementation: a configuration, weights in two containers, inputs and results.
 *
 * @param folder where it lies
 * @param config its config.json
 */
record Fixture(Path folder, JsonNode config) {
    /** Every folder below {@code root} that has a config.json, by name. */
    static List<Fixture> below(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(p -> Files.exists(p.resolve("config.json")))
                    .sorted()
                    .map(p -> new Fixture(p, Json.read(p.resolve("config.json"))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** The architecture's name, or what stands for it in folders of other shape. */
    String family() {
        return config.path("family").asString("(none: " + name() + ")");
    }

    /** A value of section MODEL, DATA, LOSS or OPTIMIZATION, with every default written out. */
    JsonNode resolved(String section, String key) {
        JsonNode value = config.path("resolved").path(section).path(key);
        if (value.isMissingNode()) {
            throw new AssertionError(name() + "/config.json has no " + section + "." + key);
        }
        return value;
    }

    /** Inputs and results by entry. */
    Map<String, NdArray> io() {
        return SafeTensors.read(folder.resolve("io.safetensors")).tensors();
    }

    /** An input. */
    Tensor input(String name) {
        return Weights.tensor(io().get("in/" + name));
    }

    /** Whether there are weights of G, D or G_ema. */
    boolean has(String network) {
        return Files.exists(folder.resolve(network + ".safetensors"));
    }

    /** The state dict of a network as safetensors hold it. */
    Map<String, NdArray> weights(String network) {
        return SafeTensors.read(folder.resolve(network + ".safetensors")).tensors();
    }

    /** The training script's own file of a network. */
    Map<?, ?> checkpoint(String network) {
        return PthReader.readMap(
                folder.resolve("model=" + network + "-" + config.path("when").asString() + "-weights-step="
                        + config.path("step").asInt() + ".pth"));
    }
}
