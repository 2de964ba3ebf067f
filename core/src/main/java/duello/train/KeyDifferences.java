package duello.train;

import duello.io.NdArray;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/**
 * How the keys of a saved network differ from those of the one that a recipe builds, and what that usually means.
 *
 * @param settings where the recipe describes the network, such as {@code model.generator}
 * @param missing keys of the recipe's network that are not in the file
 * @param surplus keys of the file that the recipe's network has not
 * @param misshapen saved and built shape of the keys whose shapes differ
 */
record KeyDifferences(String settings, Set<String> missing, Set<String> surplus, Map<String, Shapes> misshapen) {
    /** A saved shape and the one it should have. */
    record Shapes(long[] saved, long[] built) {
        @Override
        public String toString() {
            return Arrays.toString(saved) + " instead of " + Arrays.toString(built);
        }
    }

    static KeyDifferences between(String settings, Map<String, Tensor> built, Map<String, NdArray> saved) {
        Set<String> missing = new LinkedHashSet<>(built.keySet());
        missing.removeAll(saved.keySet());
        Set<String> surplus = new LinkedHashSet<>(saved.keySet());
        surplus.removeAll(built.keySet());
        Map<String, Shapes> misshapen = new LinkedHashMap<>();
        built.forEach((key, tensor) -> {
            NdArray array = saved.get(key);
            if (array != null && !Arrays.equals(array.shape(), Ops.shape(tensor))) {
                misshapen.put(key, new Shapes(array.shape(), Ops.shape(tensor)));
            }
        });
        return new KeyDifferences(settings, missing, surplus, misshapen);
    }

    boolean none() {
        return missing.isEmpty() && surplus.isEmpty() && misshapen.isEmpty();
    }

    /** The likely cause, then every key, in one line. */
    String describe() {
        return cause() + "; " + keys();
    }

    /** Every key, in one line. */
    String keys() {
        List<String> parts = new ArrayList<>();
        if (!missing.isEmpty()) {
            parts.add("missing in the file: " + String.join(", ", missing));
        }
        if (!surplus.isEmpty()) {
            parts.add("not in the recipe's network: " + String.join(", ", surplus));
        }
        if (!misshapen.isEmpty()) {
            List<String> shapes = new ArrayList<>();
            misshapen.forEach((key, shape) -> shapes.add(key + " " + shape));
            parts.add("of another shape: " + String.join(", ", shapes));
        }
        return String.join("; ", parts);
    }

    private String cause() {
        if (anyMissing(k -> k.startsWith("linear0.")) && anySurplus(k -> k.startsWith("linear1."))) {
            return "it is a discriminator's file";
        }
        if (anyMissing(k -> k.startsWith("linear1.")) && anySurplus(k -> k.startsWith("linear0."))) {
            return "it is a generator's file";
        }
        if (anySurplus(k -> k.startsWith("synthesis.") || k.startsWith("mapping."))) {
            return "it is a style generator, another model.type than the recipe's";
        }
        if (differs("conv1x1_theta")) {
            return "self-attention stands elsewhere: change " + settings + ".attention";
        }
        if (anyMissing(k -> k.endsWith(".weight_orig"))
                && anySurplus(k -> missing.contains(k.replaceFirst("weight$", "weight_orig")))) {
            return "it was trained without spectral normalisation: set " + settings + ".spectral_norm=false";
        }
        if (anySurplus(k -> k.endsWith(".weight_orig"))
                && anyMissing(k -> surplus.contains(k.replaceFirst("weight$", "weight_orig")))) {
            return "it was trained with spectral normalisation: set " + settings + ".spectral_norm=true";
        }
        if (differs(".gain.") || differs("shared.")) {
            return "the class enters in another way: change model.conditional or model.type";
        }
        if (differs("info_")) {
            return "the codes of InfoGAN differ: change model.codes or the methods";
        }
        return missing.isEmpty() && surplus.isEmpty() ? causeOfShapes() : causeOfOthers();
    }

    private String causeOfOthers() {
        boolean blocks = anyMissing(k -> k.startsWith("blocks.")) || anySurplus(k -> k.startsWith("blocks."));
        if (!blocks) {
            return "other heads read the features: change logit or the class objective in methods";
        }
        return "it is of another model.type, depth or resolution of the data";
    }

    private String causeOfShapes() {
        Predicate<String> ofClasses = k -> k.startsWith("shared.")
                || k.startsWith("embedding")
                || k.startsWith("linear2.")
                || k.startsWith("linear_mi")
                || k.contains(".gain.")
                || k.matches("blocks\\..*\\.bn\\d\\.bias\\..*");
        if (misshapen.keySet().stream().allMatch(ofClasses)) {
            return "the number of classes or the width of embeddings differs: change the data, model.shared or the"
                    + " method's embedding";
        }
        if (misshapen.keySet().stream().allMatch(k -> k.startsWith("linear0.") || ofClasses.test(k))) {
            return "the latent's width differs: change model.latent";
        }
        return "the widths differ: change " + settings + ".width, or the resolution of the data";
    }

    /** Whether a layer of that name is on one side only, spectrally normalised or not. */
    private boolean differs(String part) {
        Set<String> built = layers(missing);
        Set<String> saved = layers(surplus);
        return anyMissing(k -> k.contains(part) && !saved.contains(layer(k)))
                || anySurplus(k -> k.contains(part) && !built.contains(layer(k)));
    }

    private static Set<String> layers(Set<String> keys) {
        return keys.stream().map(KeyDifferences::layer).collect(Collectors.toSet());
    }

    private static String layer(String key) {
        return key.replaceFirst("\\.weight(_orig|_u|_v)?$", "");
    }

    private boolean anyMissing(Predicate<String> test) {
        return missing.stream().anyMatch(test);
    }

    private boolean anySurplus(Predicate<String> test) {
        return surplus.stream().anyMatch(test);
    }
}
