package duello.model;

import duello.torch.Forward.Tap;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Script;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Blocks in a row under the reference's keys, {@code blocks.{i}.0.}: attention takes an index of its own and shifts the
 * later ones. Every block's result passes the tap as {@code blocks.{i}}.
 *
 * @param <C> what a block reads besides the map
 */
final class BlockList<C> {
    private final Module list = new Module();
    private final Row<C> row = new Row<>();

    /** Registers itself as {@code blocks} of {@code owner}. */
    BlockList(Module owner) {
        owner.child("blocks", list);
    }

    /** Adds a block that cannot be written as a script. */
    void add(Layer block, Row.Step<C> step) {
        row.add(registered(block), step);
    }

    void add(Layer block, Row.Step<C> step, Row.ScriptStep script) {
        row.add(registered(block), step, script);
    }

    /** The block's name for the tap. */
    private String registered(Layer block) {
        Module place = new Module();
        place.child("0", block);
        String index = String.valueOf(row.size());
        list.child(index, place);
        return "blocks." + index;
    }

    /** What the tap calls the blocks, in order. */
    List<String> names() {
        return row.names();
    }

    /** The blocks in a script. */
    String script(Script s, String x, List<String> conditions) {
        return row.script(s, x, conditions);
    }

    /** The name of the last block. */
    String last() {
        return row.last();
    }

    /** The blocks one after the other, as far as the one of that name. */
    Tensor upTo(String last, Tensor x, C context, Tap tap) {
        return row.upTo(last, x, context, tap);
    }
}
