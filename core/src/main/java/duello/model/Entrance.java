package duello.model;

import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Script;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** How latent, codes and label enter a residual generator, the linear map to its first features included. */
interface Entrance {
    /** Makes an entrance. */
    @FunctionalInterface
    interface Maker {
        /** Registers its parts in {@code generator}; {@code features} is how many numbers start the blocks. */
        Entrance in(Module generator, Layers layers, long features);
    }

    /**
     * What the blocks work on.
     *
     * @param <T> a tensor, or a script's variable
     * @param start {@code [B, features]}
     * @param conditions one per stage, each {@code [B, conditionWidth]}; unused ones when the width is 0
     */
    record Entered<T>(T start, List<T> conditions) {}

    /** Width of every stage's condition; 0 for plain batch norm. */
    long conditionWidth();

    Entered<Tensor> enter(Code code, Forward f);

    /** {@link #enter} in a script, of the variables of latents, codes included, and labels. */
    Entered<String> script(Script s, String z, String labels);
}
