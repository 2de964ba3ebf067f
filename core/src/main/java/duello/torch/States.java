package duello.torch;

import duello.catalog.Failure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Small checks that loading any saved state has in common. */
public final class States {
    private States() {}

    /** The tensor of a key. */
    public static Tensor required(Map<String, Tensor> state, String key) {
        Tensor t = state.get(key);
        if (t == null) {
            throw new Failure("the saved state has no '" + key + "'; it was made by other settings");
        }
        return t;
    }

    /** The tensor of a key, which must have the shape of {@code like}. */
    public static Tensor required(Map<String, Tensor> state, String key, Tensor like) {
        Tensor t = required(state, key);
        if (!Arrays.equals(Ops.shape(t), Ops.shape(like))) {
            throw new Failure("the saved '" + key + "' has shape " + Arrays.toString(Ops.shape(t)) + " instead of "
                    + Arrays.toString(Ops.shape(like)) + "; it was made by other settings");
        }
        return t;
    }

    /** One of several states by name; empty when there is none. */
    public static Map<String, Tensor> part(Map<String, Map<String, Tensor>> states, String name) {
        return states.getOrDefault(name, Map.of());
    }

    /** Copies of {@code state} under {@code prefix} and a dot. */
    public static Map<String, Tensor> prefixed(String prefix, Map<String, Tensor> state) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        state.forEach((k, t) -> out.put(prefix + "." + k, t));
        return out;
    }

    /** The entries under {@code prefix} and a dot, without it. */
    public static Map<String, Tensor> under(String prefix, Map<String, Tensor> state) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        state.forEach((k, t) -> {
            if (k.startsWith(prefix + ".")) {
                out.put(k.substring(prefix.length() + 1), t);
            }
        });
        return out;
    }
}
