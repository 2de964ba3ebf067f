package duello.model;

import duello.torch.Forward.Tap;
import duello.torch.Layer;
import duello.torch.Module;
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

    private final Module list = new Module();
    private final List<Step<C>> steps = new ArrayList<>();

    /** Registers itself as {@code blocks} of {@code owner}. */
    BlockList(Module owner) {
        owner.child("blocks", list);
    }

    void add(Layer block, Step<C> step) {
        Module place = new Module();
        place.child("0", block);
        list.child(String.valueOf(steps.size()), place);
        steps.add(step);
    }

    Tensor apply(Tensor x, C context, Tap tap) {
        Tensor map = x;
        for (int i = 0; i < steps.size(); i++) {
            map = tap.at("blocks." + i, steps.get(i).apply(map, context));
        }
        return map;
    }
}
