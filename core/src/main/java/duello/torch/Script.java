package duello.torch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/**
 * A network's forward pass in evaluation, being written down as TorchScript: statements one after the other, and the
 * tensors that they read. Layers have a {@code script} method beside {@code apply} that says the same in this language;
 * sizes that depend on the batch must not be written as numbers.
 *
 * <p>Variables and tensors are handed around as text: {@code v3}, {@code self.linear0_weight}.
 */
public final class Script {
    /** The variables of the arguments. */
    private final List<String> arguments;

    private final Map<Long, String> names = new HashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final StringBuilder body = new StringBuilder();
    private int variables;

    /**
     * An empty forward pass.
     *
     * @param named the network's tensors, after whose names those of the script are called
     * @param arguments names of the arguments, all tensors
     */
    public Script(Map<String, Tensor> named, String... arguments) {
        this.arguments = List.of(arguments);
        named.forEach((name, t) -> names.put(identity(t), name));
    }

    private static long identity(Tensor t) {
        return t.unsafeGetTensorImpl().address();
    }

    /** A tensor of the network, as an expression. */
    public String tensor(Tensor t) {
        return tensor(t, t);
    }

    /** {@code value}, which is computed of the network's {@code original}, as an expression; called after that one. */
    public String tensor(Tensor original, Tensor value) {
        String known = names.getOrDefault(identity(original), "tensor");
        String base = known.replaceAll("_orig$", "").replaceAll("[^A-Za-z0-9_]", "_");
        String name = base;
        for (int n = 2; tensors.containsKey(name) && !tensors.get(name).is_same(value); n++) {
            name = base + "_" + n;
        }
        tensors.put(name, value);
        return "self." + name;
    }

    /**
     * Adds a statement.
     *
     * @param expression the format of an expression of type Tensor, see {@link String#format}
     * @return the variable that holds its value
     */
    public String let(String expression, Object... parts) {
        String variable = "v" + variables++;
        body.append("    ")
                .append(variable)
                .append(" = ")
                .append(String.format(Locale.ROOT, expression, parts))
                .append('\n');
        return variable;
    }

    /** The tensors that it reads, by name. */
    Map<String, Tensor> tensors() {
        return tensors;
    }

    /** The method {@code forward} that returns {@code result}. */
    String source(String result) {
        String signature = arguments.stream().map(a -> ", " + a + ": Tensor").collect(Collectors.joining());
        return "def forward(self" + signature + ") -> Tensor:\n" + body + "    return " + result + "\n";
    }
}
