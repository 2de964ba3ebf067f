package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The discriminator block of BigGAN-deep: four times activation, convolution, with a quarter of its output's channels
 * inside, and without batch normalisation.
 */
final class BottleneckDown implements ResidualDiscriminator.Block {
    private final Module module = new Module();
    private final List<ResampledConv2d> convs;
    private final Row.Step<Forward> shortcut;
    private final Activation activation;

    private BottleneckDown(BottleneckForm form, Layers layers, Stage stage, Activation activation) {
        this.activation = activation;
        long hidden = Math.max(1, stage.out() / 4);
        Resample resample = stage.resampled() ? Resample.DOWN : Resample.NONE;
        Resample before = form.beforeLastActivation(resample);
        Resample after = before == resample ? Resample.NONE : resample;
        convs = List.of(
                module.child("conv2d1", layers.conv(stage.in(), hidden, 1, Resample.NONE)),
                module.child("conv2d2", layers.conv(hidden, hidden, 3, Resample.NONE)),
                module.child("conv2d3", layers.conv(hidden, hidden, 3, before)),
                module.child("conv2d4", layers.conv(hidden, stage.out(), 1, after)));
        shortcut = form.discriminatorShortcut(module, layers, stage.in(), stage.out(), resample);
    }

    @Override
    public Tensor apply(Tensor x, Forward f) {
        Tensor around = activation.inPlace() ? activation.apply(x) : x;
        Tensor h = x;
        for (ResampledConv2d conv : convs) {
            h = conv.apply(activation.apply(h), f);
        }
        return h.add(shortcut.apply(around, f));
    }

    @Override
    public Module module() {
        return module;
    }

    /**
     * A convolution first, then {@code depth} blocks a stage, of which the first changes channels and size.
     *
     * @param form of the blocks
     * @param depth blocks a stage
     */
    record Design(BottleneckForm form, int depth) implements ResidualDiscriminator.Design {
        @Override
        public Row.Step<Forward> stem(Module discriminator, Layers layers, long channels) {
            return discriminator.child("input_conv", layers.conv(3, channels, 3, Resample.NONE))::apply;
        }

        @Override
        public List<BottleneckDown> blocks(Layers layers, Stage stage, int index, Activation activation) {
            List<BottleneckDown> blocks = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                Stage part = i == 0 ? stage : new Stage(stage.out(), stage.out(), false);
                blocks.add(new BottleneckDown(form, layers, part, activation));
            }
            return blocks;
        }
    }
}
