package duello.model;

import duello.model.StyleGan2.Architecture;
import duello.model.StyleGan2.SynthesisSettings;
import duello.torch.Equalised;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** StyleGAN2's synthesis network: a learnt 4x4 map, and blocks that double it. */
final class Synthesis implements Layer {
    private final Module module = new Module();
    private final List<SynthesisBlock> blocks = new ArrayList<>();

    /** @param latent width of w */
    record Shape(int resolution, int latent, SynthesisSettings settings) {
        int channels(int side) {
            return StyleGan2.channels(settings.channelBase(), settings.channelMax(), side);
        }

        /** Whether the block of a resolution makes an image. */
        boolean rgb(int side) {
            return settings.architecture() == Architecture.SKIP || side == resolution;
        }

        boolean shortcut() {
            return settings.architecture() == Architecture.RESNET;
        }
    }

    /** @param prefix what the names of layers begin with */
    Synthesis(Equalised layers, Shape shape, String prefix) {
        for (int side = 4; side <= shape.resolution; side *= 2) {
            String name = "b" + side;
            blocks.add(module.child(name, new SynthesisBlock(layers, shape, side, prefix + name + ".")));
        }
    }

    /** How many w an image is made of. */
    long styles() {
        return 2L * blocks.size();
    }

    List<String> layers() {
        return blocks.stream().flatMap(b -> b.layers().stream()).toList();
    }

    /** The image {@code [B, 3, H, W]} of {@code [B, n, d]}. */
    Tensor image(Tensor w, Forward f) {
        Tensor x = null;
        Tensor image = null;
        for (SynthesisBlock block : blocks) {
            x = block.features(x, w, f);
            image = block.image(image, x, w, f);
        }
        return made(image);
    }

    /** One named map. */
    Tensor map(String layer, Tensor w, Forward f) {
        Tensor x = null;
        for (SynthesisBlock block : blocks) {
            if (block.layers().contains(layer)) {
                return block.map(layer, x, w, f);
            }
            x = block.features(x, w, f);
        }
        throw new IllegalArgumentException("there is no layer " + layer + " among " + layers());
    }

    private static Tensor made(@Nullable Tensor image) {
        if (image == null) {
            throw new IllegalStateException("the last block makes an image");
        }
        return Ops.channelsLast(image);
    }

    /** {@link #image} in a script, of one w for all layers, {@code [B, d]}. */
    String script(Script s, String w) {
        String x = null;
        String image = null;
        for (SynthesisBlock block : blocks) {
            x = block.script(s, x, w);
            image = block.scriptImage(s, image, x, w);
        }
        return image == null ? "" : image;
    }

    @Override
    public Module module() {
        return module;
    }
}
