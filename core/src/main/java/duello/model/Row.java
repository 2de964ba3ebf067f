package duello.model;

import duello.catalog.Failure;
import duello.torch.Forward.Tap;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Functions of a map one after the other, each with a name under which its result passes the tap.
 *
 * @param <C> what a function reads besides the map
 */
final class Row<C> {
    /** One function. */
    @FunctionalInterface
    interface Step<C> {
        Tensor apply(Tensor x, C context);
    }

    /** One function in a script; {@code conditions} are what functions read besides the map. */
    @FunctionalInterface
    interface ScriptStep {
        String script(Script s, String x, List<String> conditions);
    }

    private static final ScriptStep UNWRITTEN = (s, x, conditions) -> {
        throw new Failure("networks of this type cannot be written as TorchScript yet; export safetensors instead");
    };

    private record Named<C>(String name, Step<C> step, ScriptStep script) {}

    private final List<Named<C>> steps = new ArrayList<>();

    int size() {
        return steps.size();
    }

    /** The names, in order. */
    List<String> names() {
        return steps.stream().map(Named::name).toList();
    }

    /** Adds a function that cannot be written as a script. */
    void add(String name, Step<C> step) {
        add(name, step, UNWRITTEN);
    }

    void add(String name, Step<C> step, ScriptStep script) {
        steps.add(new Named<>(name, step, script));
    }

    /** The functions in a script. */
    String script(Script s, String x, List<String> conditions) {
        String map = x;
        for (Named<C> named : steps) {
            map = named.script.script(s, map, conditions);
        }
        return map;
    }

    /** The name of the last function. */
    String last() {
        return steps.get(steps.size() - 1).name;
    }

    /**
     * The functions one after the other, as far as the one of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Tensor upTo(String last, Tensor x, C context, Tap tap) {
        Tensor map = x;
        for (Named<C> named : steps) {
            map = tap.at(named.name, named.step.apply(map, context));
            if (named.name.equals(last)) {
                return map;
            }
        }
        throw new IllegalArgumentException("there is no layer " + last + " among " + names());
    }
}
