package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.Script;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Norm, ReLU, doubling, conv, norm, ReLU, conv; the shortcut is a doubling, with a pointwise convolution where channels
 * change. Published state dicts list the convolutions twice.
 */
final class SnganUp implements Layer {
    private final Module module = new Module();
    private final ResampledConv2d first;
    private final ResampledConv2d second;
    private final GeneratorNorm norm1;
    private final GeneratorNorm norm2;
    private final @Nullable ResampledConv2d shortcut;

    SnganUp(Layers layers, Layers ofShortcut, Stage stage, long condition) {
        first = module.child("conv1", layers.conv(stage.in(), stage.out(), 3, Resample.UP));
        second = module.child("conv2", layers.conv(stage.out(), stage.out(), 3, Resample.NONE));
        Module model = new Module();
        module.child("model", model);
        norm1 = GeneratorNorm.in(model, "0", layers, stage.in(), condition);
        model.alias("3", first);
        norm2 = GeneratorNorm.in(model, "4", layers, stage.out(), condition);
        model.alias("6", second);
        shortcut = stage.in() == stage.out()
                ? null
                : module.child("last", ofShortcut.conv(stage.in(), stage.out(), 1, Resample.UP));
    }

    Tensor apply(Tensor x, Tensor condition, Forward f) {
        Tensor h = first.apply(norm1.apply(x, condition, f).relu(), f);
        h = second.apply(norm2.apply(h, condition, f).relu(), f);
        return h.add(shortcut == null ? Ops.doubled(x) : shortcut.apply(x, f));
    }

    String script(Script s, String x, String condition) {
        String h = first.script(s, s.let("torch.relu(%s)", norm1.script(s, x, condition)));
        h = second.script(s, s.let("torch.relu(%s)", norm2.script(s, h, condition)));
        String around =
                shortcut == null ? s.let("torch.upsample_nearest2d(%s, None, [2.0, 2.0])", x) : shortcut.script(s, x);
        return s.let("torch.add(%s, %s)", h, around);
    }

    @Override
    public Module module() {
        return module;
    }
}
