package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.Script;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The generator block of the ResNet and BigGAN families: norm, activation, doubling, conv, norm, activation, conv; the
 * shortcut is always a doubling and a pointwise convolution.
 */
final class ResidualUp implements ResidualGenerator.Block {
    private final Module module = new Module();
    private final GeneratorNorm norm1;
    private final GeneratorNorm norm2;
    private final ResampledConv2d shortcut;
    private final ResampledConv2d first;
    private final ResampledConv2d second;
    private final Activation activation;

    private ResidualUp(Layers layers, Stage stage, long condition, Activation activation) {
        this.activation = activation;
        norm1 = GeneratorNorm.in(module, "bn1", layers, stage.in(), condition);
        norm2 = GeneratorNorm.in(module, "bn2", layers, stage.out(), condition);
        shortcut = module.child("conv2d0", layers.conv(stage.in(), stage.out(), 1, Resample.UP));
        first = module.child("conv2d1", layers.conv(stage.in(), stage.out(), 3, Resample.UP));
        second = module.child("conv2d2", layers.conv(stage.out(), stage.out(), 3, Resample.NONE));
    }

    /** A stage is one block. */
    static List<ResidualUp> stage(Layers layers, Stage stage, long condition, Activation activation) {
        return List.of(new ResidualUp(layers, stage, condition, activation));
    }

    @Override
    public Tensor apply(Tensor x, Tensor condition, Forward f) {
        Tensor h = first.apply(activation.apply(norm1.apply(x, condition, f)), f);
        h = second.apply(activation.apply(norm2.apply(h, condition, f)), f);
        return h.add(shortcut.apply(x, f));
    }

    @Override
    public String script(Script s, String x, String condition) {
        String h = first.script(s, activation.script(s, norm1.script(s, x, condition)));
        h = second.script(s, activation.script(s, norm2.script(s, h, condition)));
        return s.let("torch.add(%s, %s)", h, shortcut.script(s, x));
    }

    @Override
    public Module module() {
        return module;
    }
}
