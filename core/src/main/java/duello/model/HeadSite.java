package duello.model;

import duello.torch.Embedding;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;

/**
 * Where heads are built: the trunk's width and the backbone's own way to make a linear map or an embedding (spectrally
 * normalised or not). What is built here becomes part of the discriminator's state dict under the given name.
 */
public final class HeadSite {
    private final Module discriminator;
    private final Layers layers;
    private final long width;

    /** Heads on features of {@code width} channels. */
    public HeadSite(Module discriminator, Layers layers, long width) {
        this.discriminator = discriminator;
        this.layers = layers;
        this.width = width;
    }

    /** Channels F of the pooled features. */
    public long width() {
        return width;
    }

    /** A linear map from the features, {@code F -> out}. */
    public Linear linear(String name, long out, boolean bias) {
        return discriminator.child(free(name), layers.linear(width, out, bias));
    }

    /** A table of {@code count} vectors of {@code size}. */
    public Embedding embedding(String name, long count, long size) {
        return discriminator.child(free(name), layers.embedding(count, size));
    }

    /** The name, with a number behind it when an earlier head has taken it. */
    private String free(String name) {
        String candidate = name;
        for (int n = 2; discriminator.has(candidate); n++) {
            candidate = name + "_" + n;
        }
        return candidate;
    }
}
