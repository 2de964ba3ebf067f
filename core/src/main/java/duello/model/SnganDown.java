package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ReLU, conv, ReLU, conv, perhaps mean of 2x2; the block of the images has no first ReLU. The shortcut sees the input
 * itself, is halved as well, and has a pointwise convolution where channels change. Without spectral normalisation a norm
 * stands before each ReLU. Published state dicts list the convolutions twice.
 */
final class SnganDown implements Layer {
    private final Module module = new Module();
    private final boolean ofImages;
    private final boolean halving;
    private final ResampledConv2d first;
    private final ResampledConv2d second;
    private final @Nullable ResampledConv2d shortcut;
    private final DiscriminatorNorm norm1;
    private final DiscriminatorNorm norm2;

    SnganDown(Layers layers, Stage stage, boolean ofImages) {
        this.ofImages = ofImages;
        this.halving = stage.resampled();
        Resample resample = halving ? Resample.DOWN : Resample.NONE;
        first = module.child("conv1", layers.conv(stage.in(), stage.out(), 3, Resample.NONE));
        second = module.child("conv2", layers.conv(stage.out(), stage.out(), 3, resample));
        Module model = new Module();
        module.child("model", model);
        model.alias(ofImages ? "0" : "1", first);
        model.alias(ofImages ? "2" : "3", second);
        shortcut = stage.in() == stage.out()
                ? null
                : module.child("last", layers.conv(stage.in(), stage.out(), 1, resample));
        norm1 = ofImages ? (x, f) -> x : DiscriminatorNorm.in(module, "bn1", layers, stage.in());
        norm2 = DiscriminatorNorm.in(module, "bn2", layers, stage.out());
    }

    Tensor apply(Tensor x, Forward f) {
        Tensor h = ofImages ? x : norm1.apply(x, f).relu();
        h = second.apply(norm2.apply(first.apply(h, f), f).relu(), f);
        if (shortcut != null) {
            return h.add(shortcut.apply(x, f));
        }
        return h.add(halving ? Ops.halved(x) : x);
    }

    @Override
    public Module module() {
        return module;
    }
}
