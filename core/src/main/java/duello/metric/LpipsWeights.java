package duello.metric;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.SafeTensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tensors of LPIPS from the user's files, by torchvision's names for the network, {@code features.0.weight}, and
 * {@code lin0.model.1.weight} for the linear layers: torchvision's file and the published one of linear weights, or one file
 * of both, such as the state dict of the published program.
 */
final class LpipsWeights {
    private static final String TRUNK = "features.";
    private static final String LINEAR = "lin";

    private LpipsWeights() {}

    /** @throws Failure if a file cannot be read, two hold the same tensor, or one of the two halves is missing */
    static Map<String, NdArray> read(LpipsNet net, List<Path> files) {
        Map<String, NdArray> all = new LinkedHashMap<>();
        for (Path file : files) {
            ours(tensors(file)).forEach((name, array) -> {
                if (all.put(name, array) != null) {
                    throw new Failure(file + ": it holds '" + name + "' once more; give each half of LPIPS once");
                }
            });
        }
        String given = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        if (all.keySet().stream().noneMatch(name -> name.startsWith(TRUNK))) {
            throw new Failure(
                    given + ": the network's own weights are missing; give torchvision's " + net.file() + " too");
        }
        if (all.keySet().stream().noneMatch(name -> name.startsWith(LINEAR))) {
            throw new Failure(given + ": the linear weights of LPIPS are missing; give weights/v0.1/" + net.title()
                    + ".pth of the LPIPS repository too");
        }
        return all;
    }

    private static Map<String, NdArray> tensors(Path file) {
        boolean safe = file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors");
        return safe ? SafeTensors.read(file).tensors() : PthReader.tensors(PthReader.read(file));
    }

    /** Under our names, without the classifier behind the maps and what the published program lists twice. */
    static Map<String, NdArray> ours(Map<String, NdArray> arrays) {
        Map<String, NdArray> ours = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (!name.startsWith("classifier.") && !name.startsWith("scaling_layer.")) {
                String own =
                        name.replaceFirst("^net\\.slice\\d+\\.", TRUNK).replaceFirst("^lins\\.(\\d+)\\.", "lin$1.");
                ours.putIfAbsent(own, array);
            }
        });
        return ours;
    }
}
