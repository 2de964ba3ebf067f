package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A table of vectors by label. */
public final class EmbeddingTable implements Embedding {
    private final Module module = new Module();
    private final Weight weight;

    EmbeddingTable(Layers layers, long count, long width) {
        this.weight = layers.weight(module, false, count, width);
    }

    @Override
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
