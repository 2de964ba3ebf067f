package duello.torch;

import duello.catalog.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * A tree of named tensors: what a network consists of, apart from what it computes. A network or layer holds one and
 * registers its parameters, buffers and parts there; names and order are those of a PyTorch state dict.
 *
 * <p>Tensors are changed in place only, so that whoever holds one sees every change. They are made once, at build time,
 * and belong to no scope.
 */
public final class Module {
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Integer> axes = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private final Set<String> aliases = new HashSet<>();

    /** Registers a tensor that an optimiser moves, whose outputs lie along axis 0; returns it as it is kept. */
    public Tensor parameter(String name, Tensor value) {
        return parameter(name, value, 0);
    }

    /** The same with outputs along another axis, as the kernels of transposed convolutions have them. */
    Tensor parameter(String name, Tensor value, int outputAxis) {
        unused(name);
        Tensor kept = Scope.keep(value);
        parameters.put(name, kept);
        axes.put(name, outputAxis);
        return kept;
    }

    /** Registers a tensor that is saved but moved by its layer, such as running statistics; returns it as it is kept. */
    public Tensor buffer(String name, Tensor value) {
        unused(name);
        Tensor kept = Scope.keep(value);
        buffers.put(name, kept);
        return kept;
    }

    /** Registers a part; returns it for convenience. */
    public <L extends Layer> L child(String name, L layer) {
        child(name, layer.module());
        return layer;
    }

    /** Registers a part's tree. */
    public void child(String name, Module module) {
        unused(name);
        children.put(name, module);
    }

    /**
     * Registers a part under one more name, for state dicts of programs that list it twice. It is still one part: only
     * {@link #published} shows the further name, and {@link #load} takes either.
     */
    public void alias(String name, Layer layer) {
        child(name, layer.module());
        aliases.add(name);
    }

    /** The same living tensors and parts in a tree of their own, to which more can be added; this one does not see that. */
    public Module extended() {
        Module more = new Module();
        more.parameters.putAll(parameters);
        more.axes.putAll(axes);
        more.buffers.putAll(buffers);
        more.children.putAll(children);
        more.aliases.addAll(aliases);
        return more;
    }

    /** Whether a name is taken at this level. */
    public boolean has(String name) {
        return parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name);
    }

    /** The name, with a number behind it when it is taken. */
    public String free(String wanted) {
        String candidate = wanted;
        for (int n = 2; has(candidate); n++) {
            candidate = wanted + "_" + n;
        }
        return candidate;
    }

    private void unused(String name) {
        if (has(name)) {
            throw new IllegalStateException("a module has two parts of the name '" + name + "'");
        }
    }

    /** Every parameter by its dotted name, in state dict order. */
    public Map<String, Tensor> parameters() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        collect("", all, EnumSet.of(Kind.PARAMETER));
        return all;
    }

    /** Along which axis the outputs of every parameter lie, by its dotted name. */
    public Map<String, Integer> outputAxes() {
        Map<String, Integer> all = new LinkedHashMap<>(axes);
        children.forEach((name, m) -> m.outputAxes().forEach((inner, axis) -> all.put(name + "." + inner, axis)));
        return all;
    }

    /** Every buffer by its dotted name, in state dict order. */
    public Map<String, Tensor> buffers() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        collect("", all, EnumSet.of(Kind.BUFFER));
        return all;
    }

    /** The state dict: parameters and buffers by dotted name. The tensors are the living ones, not copies. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        collect("", all, EnumSet.of(Kind.PARAMETER, Kind.BUFFER));
        return all;
    }

    /** The state dict with every part under all of its names. */
    public Map<String, Tensor> published() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        collect("", all, EnumSet.allOf(Kind.class));
        return all;
    }

    private enum Kind {
        PARAMETER,
        BUFFER,
        ALIAS
    }

    private void collect(String prefix, Map<String, Tensor> into, Set<Kind> kinds) {
        if (kinds.contains(Kind.PARAMETER)) {
            parameters.forEach((name, t) -> into.put(prefix + name, t));
        }
        if (kinds.contains(Kind.BUFFER)) {
            buffers.forEach((name, t) -> into.put(prefix + name, t));
        }
        children.forEach((name, m) -> {
            if (kinds.contains(Kind.ALIAS) || !aliases.contains(name)) {
                m.collect(prefix + name + ".", into, kinds);
            }
        });
    }

    /** How many numbers the parameters hold. */
    public long parameterCount() {
        return parameters().values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Lets the parameters take part in differentiation, or not. Only ever called on these leaves. */
    public void requiresGrad(boolean on) {
        eachParameter(p -> p.requires_grad_(on));
    }

    /** Sets every gradient to undefined, so that an optimiser skips parameters that took no part. */
    public void zeroGrad() {
        eachParameter(p -> {
            if (p.grad().defined()) {
                p.mutable_grad().reset();
            }
        });
    }

    private void eachParameter(Consumer<Tensor> action) {
        parameters.values().forEach(action);
        children.values().forEach(m -> m.eachParameter(action));
    }

    /**
     * Copies a state dict into this one, in place.
     *
     * @param source what the message calls the origin
     * @throws Failure if a key is missing, surplus or of another shape; it lists them and nothing is changed
     */
    public void load(Map<String, Tensor> values, String source) {
        check(values, source);
        Map<String, Tensor> own = underFirstNames(values);
        Scope.withoutGrad(() -> state().forEach((name, t) -> t.copy_(own.get(name))));
    }

    /** Throws what {@link #load} would throw, without loading. */
    public void check(Map<String, Tensor> values, String source) {
        List<String> faults = differences(state(), underFirstNames(values));
        if (!faults.isEmpty()) {
            int shown = Math.min(6, faults.size());
            throw new Failure(source + " does not fit this network: " + String.join("; ", faults.subList(0, shown))
                    + (faults.size() > shown ? "; and " + (faults.size() - shown) + " more" : "")
                    + ". Was it made with other model settings?");
        }
    }

    /** {@code values} without further names of parts; where a part has only such a one, under its first name. */
    private Map<String, Tensor> underFirstNames(Map<String, Tensor> values) {
        Map<Tensor, String> firstNames = new IdentityHashMap<>();
        state().forEach((name, t) -> firstNames.put(t, name));
        Map<String, Tensor> own = new LinkedHashMap<>(values);
        published().forEach((name, t) -> {
            String first = firstNames.get(t);
            if (first != null && !first.equals(name)) {
                Tensor value = own.remove(name);
                if (value != null) {
                    own.putIfAbsent(first, value);
                }
            }
        });
        return own;
    }

    private static List<String> differences(Map<String, Tensor> own, Map<String, Tensor> other) {
        List<String> faults = new ArrayList<>();
        own.forEach((name, t) -> {
            Tensor o = other.get(name);
            if (o == null) {
                faults.add("'" + name + "' is missing");
            } else if (!Arrays.equals(Ops.shape(t), Ops.shape(o))) {
                faults.add("'" + name + "' has shape " + Arrays.toString(Ops.shape(o)) + " instead of "
                        + Arrays.toString(Ops.shape(t)));
            }
        });
        other.keySet().stream().filter(k -> !own.containsKey(k)).forEach(k -> faults.add("'" + k + "' is surplus"));
        return faults;
    }
}
