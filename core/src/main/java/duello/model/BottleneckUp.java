package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The generator block of BigGAN-deep: four times norm, activation, convolution, with a quarter of its input's channels
 * inside; a block that doubles does so before the second convolution.
 */
final class BottleneckUp implements ResidualGenerator.Block {
    private final Module module = new Module();
    private final List<GeneratorNorm> norms = new ArrayList<>();
    private final Shortcut shortcut;
    private final List<ResampledConv2d> convs;
    private final Activation activation;

    private BottleneckUp(BottleneckForm form, Layers layers, Stage stage, long condition, Activation activation) {
        this.activation = activation;
        long hidden = Math.max(1, stage.in() / 4);
        Resample resample = stage.resampled() ? Resample.UP : Resample.NONE;
        norms.add(GeneratorNorm.in(module, "bn1", layers, stage.in(), condition));
        norms.add(GeneratorNorm.in(module, "bn2", layers, hidden, condition));
        norms.add(GeneratorNorm.in(module, "bn3", layers, hidden, condition));
        norms.add(GeneratorNorm.in(module, "bn4", layers, hidden, condition));
        shortcut = form.generatorShortcut(module, layers, stage.in(), stage.out(), resample);
        convs = List.of(
                module.child("conv2d1", layers.conv(stage.in(), hidden, 1, Resample.NONE)),
                module.child("conv2d2", layers.conv(hidden, hidden, 3, resample)),
                module.child("conv2d3", layers.conv(hidden, hidden, 3, Resample.NONE)),
                module.child("conv2d4", layers.conv(hidden, stage.out(), 1, Resample.NONE)));
    }

    /** A stage is {@code depth} blocks: the first of several keeps the channels, the last doubles height and width. */
    static ResidualGenerator.Design stages(BottleneckForm form, int depth) {
        return (layers, stage, condition, activation) -> {
            List<BottleneckUp> blocks = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                long in = i < 2 ? stage.in() : stage.out();
                long out = i == 0 && depth > 1 ? stage.in() : stage.out();
                Stage part = new Stage(in, out, i == depth - 1);
                blocks.add(new BottleneckUp(form, layers, part, condition, activation));
            }
            return blocks;
        };
    }

    @Override
    public Tensor apply(Tensor x, Tensor condition, Forward f) {
        Tensor h = x;
        for (int i = 0; i < norms.size(); i++) {
            h = convs.get(i).apply(activation.apply(norms.get(i).apply(h, condition, f)), f);
        }
        return h.add(shortcut.apply(x, f));
    }

    @Override
    public String script(Script s, String x, String condition) {
        String h = x;
        for (int i = 0; i < norms.size(); i++) {
            h = convs.get(i).script(s, activation.script(s, norms.get(i).script(s, h, condition)));
        }
        return s.let("torch.add(%s, %s)", h, shortcut.script(s, x));
    }

    @Override
    public Module module() {
        return module;
    }
}
