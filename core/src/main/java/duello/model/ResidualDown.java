package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The discriminator blocks of the ResNet and BigGAN families, one a stage. Without spectral normalisation every block
 * normalises by batch.
 */
final class ResidualDown implements ResidualDiscriminator.Design {
    @Override
    public List<? extends ResidualDiscriminator.Block> blocks(
            Layers layers, Stage stage, int index, Activation activation) {
        return List.of(
                index == 0 ? new FirstBlock(layers, stage, activation) : new LaterBlock(layers, stage, activation));
    }

    /** conv, activation, conv, mean of 2x2; the shortcut is the mean of 2x2 and a pointwise convolution. */
    private static final class FirstBlock implements ResidualDiscriminator.Block {
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

        @Override
        public Tensor apply(Tensor x, Forward f) {
            Tensor h = activation.apply(norm.apply(first.apply(x, f), f));
            return second.apply(h, f).add(shortcut.apply(shortcutNorm.apply(Ops.halved(x), f), f));
        }

        @Override
        public Module module() {
            return module;
        }
    }

    /** [norm], activation, conv, [norm], activation, conv, perhaps mean of 2x2; shortcut pointwise where shapes differ. */
    private static final class LaterBlock implements ResidualDiscriminator.Block {
        private final Module module = new Module();
        private final @Nullable ResampledConv2d shortcut;
        private final DiscriminatorNorm shortcutNorm;
        private final ResampledConv2d first;
        private final ResampledConv2d second;
        private final DiscriminatorNorm norm1;
        private final DiscriminatorNorm norm2;
        private final Activation activation;
        private final boolean shortcutActivated;

        LaterBlock(Layers layers, Stage stage, Activation activation) {
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

        @Override
        public Tensor apply(Tensor x, Forward f) {
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
