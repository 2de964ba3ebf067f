package duello.model;

import duello.torch.Embedding;
import duello.torch.Equalised;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The mapping network of StyleGAN: latent and one-hot label, each brought to a mean square of 1 (the label after a linear
 * map), side by side through activated linear layers with a learning rate of their own. Without a latent it maps labels
 * alone: an {@link Embedding}.
 */
final class MappingNetwork implements Embedding {
    /** How much of the running average each pass leaves. */
    private static final double AVERAGE_DECAY = 0.998;

    private final Module module = new Module();
    private final int classes;
    private final @Nullable Tensor average;
    private final @Nullable Linear embed;
    private final List<Linear> layers = new ArrayList<>();

    /**
     * What is mapped to what.
     *
     * @param latent width of latents; 0 to map labels alone
     * @param classes number of labels; 0 to map latents alone
     * @param out width of the result and of everything hidden
     * @param depth layers
     * @param rate their learning rate beside the other layers'
     */
    record Shape(int latent, int classes, int out, int depth, double rate) {}

    MappingNetwork(Equalised equalised, Shape s) {
        this.classes = s.classes;
        this.average = s.latent == 0 ? null : module.buffer("w_avg", equalised.filled(0, s.out));
        this.embed = s.classes == 0 ? null : module.child("embed", equalised.linear(s.classes, s.out, true));
        int in = s.latent + (s.classes == 0 ? 0 : s.out);
        for (int i = 0; i < s.depth; i++) {
            layers.add(module.child("fc" + i, equalised.slowLinear(in, s.out, s.rate)));
            in = s.out;
        }
    }

    /** Latents {@code [B, d]} with labels to {@code [B, out]}; the running average moves if the pass says so. */
    Tensor apply(Tensor z, Tensor labels, Forward f) {
        Tensor x = Equalised.unitMoment(z);
        Tensor w = mapped(embed == null ? x : Ops.cat(1, x, embedded(embed, labels, f)), f);
        if (f.trackAverages() && average != null) {
            Scope.withoutGrad(() -> {
                Tensor mean = Ops.mean(w, false, 0).to(average.scalar_type());
                average.lerp_(mean, Ops.scalar(1 - AVERAGE_DECAY));
            });
        }
        return w;
    }

    @Override
    public Tensor apply(Tensor labels, Forward f) {
        if (embed == null) {
            throw new IllegalStateException("this network maps no labels");
        }
        return mapped(embedded(embed, labels, f), f);
    }

    private Tensor embedded(Linear linear, Tensor labels, Forward f) {
        return Equalised.unitMoment(linear.apply(Ops.oneHot(labels, classes), f));
    }

    private Tensor mapped(Tensor in, Forward f) {
        Tensor x = in;
        for (Linear layer : layers) {
            x = Equalised.activated(layer.apply(x, f));
        }
        return x;
    }

    /** The running average of what latents are mapped to, {@code [out]}; null if labels alone are mapped. */
    @Nullable
    Tensor average() {
        return average;
    }

    /** {@link #apply(Tensor, Tensor, Forward)} in a script. */
    String script(Script s, String z, String labels) {
        String x = Equalised.unitMoment(s, z);
        if (embed != null) {
            String hot = s.let("torch.type_as(torch.one_hot(%s, %d), %s)", labels, classes, z);
            x = s.let("torch.cat([%s, %s], 1)", x, Equalised.unitMoment(s, embed.script(s, hot)));
        }
        for (Linear layer : layers) {
            x = Equalised.activated(s, layer.script(s, x));
        }
        return x;
    }

    @Override
    public Module module() {
        return module;
    }
}
