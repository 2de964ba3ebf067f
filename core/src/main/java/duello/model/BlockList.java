package duello.model;

import duello.catalog.Failure;
import duello.torch.Forward.Tap;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Blocks in a row under the reference's keys, {@code blocks.{i}.0.}: attention takes an index of its own and shifts the
 * later ones. Every block's result passes the tap as {@code blocks.{i}}.
 *
 * @param <C> what a block reads besides the map
 */
final class BlockList<C> {
    /** One block's function. */
    @FunctionalInterface
    interface Step<C> {
        Tensor apply(Tensor x, C context);
    }

    /** One block's function in a script; {@code conditions} are what the blocks read besides the map. */
    @FunctionalInterface
    interface ScriptStep {
        String script(Script s, String x, List<String> conditions);
    }

    private static final ScriptStep UNWRITTEN = (s, x, conditions) -> {
        throw new Failure("networks of this type cannot be written as TorchScript yet; export safetensors instead");
    };

    private final Module list = new Module();
    private final List<Step<C>> steps = new ArrayList<>();
    private final List<ScriptStep> scripts = new ArrayList<>();

    /** Registers itself as {@code blocks} of {@code owner}. */
    BlockList(Module owner) {
        owner.child("blocks", list);
    }

    /** Adds a block that cannot be written as a script. */
    void add(Layer block, Step<C> step) {
        add(block, step, UNWRITTEN);
    }

    void add(Layer block, Step<C> step, ScriptStep script) {
        Module place = new Module();
        place.child("0", block);
        list.child(String.valueOf(steps.size()), place);
        steps.add(step);
        scripts.add(script);
    }

    /** {@link #apply} in a script. */
    String script(Script s, String x, List<String> conditions) {
        String map = x;
        for (ScriptStep step : scripts) {
            map = step.script(s, map, conditions);
        }
        return map;
    }

    Tensor apply(Tensor x, C context, Tap tap) {
        Tensor map = x;
        for (int i = 0; i < steps.size(); i++) {
            map = tap.at("blocks." + i, steps.get(i).apply(map, context));
        }
        return map;
    }
}
