package duello.model;

import duello.torch.EmbeddingTable;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Script;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** BigGAN's class embedding, which all stages share; for a generator without labels it has no parameters. */
final class SharedLabel {
    private final @Nullable EmbeddingTable shared;
    private final long width;

    /** Registers it in {@code generator}, unless {@code classes} is 0. It is never spectrally normalised. */
    SharedLabel(Module generator, Layers layers, int classes, long width) {
        this.shared =
                classes == 0 ? null : generator.child("shared", layers.plain().embedding(classes, width));
        this.width = shared == null ? 0 : width;
    }

    /** Width of the embedding; 0 if there is none. */
    long width() {
        return width;
    }

    /** The embeddings {@code [B, width]}, or nothing. */
    List<Tensor> of(Tensor labels, Forward f) {
        return shared == null ? List.of() : List.of(shared.apply(labels, f));
    }

    /** {@link #of} in a script. */
    List<String> script(Script s, String labels) {
        return shared == null ? List.of() : List.of(shared.script(s, labels));
    }
}
