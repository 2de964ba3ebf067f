package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.SelfAttention2d;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The trunk that the ResNet and BigGAN families share: residual blocks, activation, sum over positions. Without spectral
 * normalisation every block normalises by batch.
 */
final class ResidualDiscriminator implements Discriminator {
    private final Module module = new Module();
    private final BlockList<Forward> blocks = new BlockList<>(module);
    private final Activation activation;
    private final HeadSite site;

    ResidualDiscriminator(NetworkSettings settings, int resolution, Layers layers) {
        this.activation = settings.activation();
        List<Stage> stages = ResidualStages.discriminator(resolution, settings.width());
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (i == 0) {
                FirstBlock block = new FirstBlock(layers, stage, activation);
                blocks.add(block, block::apply);
            } else {
                Block block = new Block(layers, stage, activation);
                blocks.add(block, block::apply);
            }
            if (settings.attention().contains(i + 1)) {
                SelfAttention2d attention = layers.selfAttention(stage.out());
                blocks.add(attention, attention::apply);
            }
        }
        this.site = new HeadSite(module, layers, stages.get(stages.size() - 1).out());
    }

    @Override
    public Features trunk(Tensor images, Forward f) {
        Tensor x = blocks.apply(Ops.channelsLast(images), f, f.tap());
        Tensor map = activation.apply(x);
        return new Features(Ops.sum(map, false, 2, 3), map.size(2) * map.size(3), map);
    }

    @Override
    public HeadSite site() {
        return site;
    }

    @Override
    public Module module() {
        return module;
    }

    /** conv, activation, conv, mean of 2x2; the shortcut is the mean of 2x2 and a pointwise convolution. */
    private static final class FirstBlock implements Layer {
        private final Module module = new Module();
        private final ResampledConv2d shortcut;
        private final ResampledConv2d first;
        private final ResampledConv2d second;
        private final DiscriminatorNorm shortcutNorm;
        private final DiscriminatorNorm norm;
        private final Activation activation;

        FirstBlock(Layers layers, Stage stage, Activation activation) {
            this.activation = activation;
            shortcut = module.child("conv2d0", layers.conv(stage.in(), stage.out(), 1, Resample.NONE));
            first = module.child("conv2d1", layers.conv(stage.in(), stage.out(), 3, Resample.NONE));
            second = module.child("conv2d2", layers.conv(stage.out(), stage.out(), 3, Resample.DOWN));
            shortcutNorm = DiscriminatorNorm.in(module, "bn0", layers, stage.in());
            norm = DiscriminatorNorm.in(module, "bn1", layers, stage.out());
        }

        Tensor apply(Tensor x, Forward f) {
            Tensor h = activation.apply(norm.apply(first.apply(x, f), f));
            return second.apply(h, f).add(shortcut.apply(shortcutNorm.apply(Ops.halved(x), f), f));
        }

        @Override
        public Module module() {
            return module;
        }
    }

    /** [norm], activation, conv, [norm], activation, conv, perhaps mean of 2x2; shortcut pointwise where shapes differ. */
    private static final class Block implements Layer {
        private final Module module = new Module();
        private final @Nullable ResampledConv2d shortcut;
        private final DiscriminatorNorm shortcutNorm;
        private final ResampledConv2d first;
        private final ResampledConv2d second;
        private final DiscriminatorNorm norm1;
        private final DiscriminatorNorm norm2;
        private final Activation activation;
        private final boolean shortcutActivated;

        Block(Layers layers, Stage stage, Activation activation) {
            this.activation = activation;
            this.shortcutActivated = layers.spectral() && activation.inPlace();
            Resample resample = stage.resampled() ? Resample.DOWN : Resample.NONE;
            boolean changes = stage.resampled() || stage.in() != stage.out();
            shortcut = changes ? module.child("conv2d0", layers.conv(stage.in(), stage.out(), 1, resample)) : null;
            shortcutNorm = changes ? DiscriminatorNorm.in(module, "bn0", layers, stage.in()) : (x, f) -> x;
            first = module.child("conv2d1", layers.conv(stage.in(), stage.out(), 3, Resample.NONE));
            second = module.child("conv2d2", layers.conv(stage.out(), stage.out(), 3, resample));
            norm1 = DiscriminatorNorm.in(module, "bn1", layers, stage.in());
            norm2 = DiscriminatorNorm.in(module, "bn2", layers, stage.out());
        }

        Tensor apply(Tensor x, Forward f) {
            Tensor a = activation.apply(norm1.apply(x, f));
            Tensor h = activation.apply(norm2.apply(first.apply(a, f), f));
            Tensor around = shortcutActivated ? a : x;
            if (shortcut != null) {
                around = shortcut.apply(shortcutNorm.apply(around, f), f);
            }
            return second.apply(h, f).add(around);
        }

        @Override
        public Module module() {
            return module;
        }
    }
}
