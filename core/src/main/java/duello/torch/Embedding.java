package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A table of vectors by label: {@code [B] int64 -> [B, width]}. */
public final class Embedding implements Layer {
    private final Module module = new Module();
    private final Weight weight;

    Embedding(Layers layers, long count, long width) {
        this.weight = layers.weight(module, false, count, width);
    }

    public Tensor apply(Tensor labels, Forward f) {
        return torch.embedding(weight.value(f), labels);
    }

    /** {@link #apply} in a script. */
    public String script(Script s, String labels) {
        return s.let("torch.embedding(%s, %s)", weight.script(s), labels);
    }

    @Override
    public Module module() {
        return module;
    }
}
