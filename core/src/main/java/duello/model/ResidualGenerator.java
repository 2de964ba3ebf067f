package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.BatchNorm2d;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.Script;
import duello.torch.SelfAttention2d;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The generator that the ResNet and BigGAN families share: linear map to 4x4, residual blocks that double, norm,
 * activation, convolution to RGB, tanh. What differs, how latent and label enter, is the {@link Entrance}.
 */
final class ResidualGenerator implements Generator {
    /** How latent and label enter. */
    interface Entrance {
        /** Width of what the first linear map reads. */
        long firstWidth();

        /** Width of every stage's condition; 0 for plain batch norm. */
        long conditionWidth();

        /** Registers parts of its own, after the first linear map. */
        void build(Module generator, Layers layers);

        /** What the first linear map reads, {@code [B, firstWidth]}. */
        Tensor first(Code code);

        /** One condition per stage, each {@code [B, conditionWidth]}; unused ones when the width is 0. */
        List<Tensor> conditions(Code code, Forward f);

        /** {@link #first} in a script. */
        String first(Script s, String z);

        /** {@link #conditions} in a script. */
        List<String> conditions(Script s, String z, String labels);
    }

    /** What one pass hands to the blocks. */
    private record Pass(List<Tensor> conditions, Forward f) {}

    private final Module module = new Module();
    private final int latent;
    private final Prior prior;
    private final Entrance entrance;
    private final Linear linear;
    private final long firstChannels;
    private final BlockList<Pass> blocks;
    private final BatchNorm2d lastNorm;
    private final ResampledConv2d toRgb;
    private final Activation activation;

    ResidualGenerator(
            NetworkSettings settings, int resolution, Layers layers, int latent, Prior prior, Entrance entrance) {
        this.latent = latent;
        this.prior = prior;
        this.entrance = entrance;
        this.activation = settings.activation();
        List<Stage> stages = ResidualStages.generator(resolution, settings.width());
        this.firstChannels = stages.get(0).in();
        this.linear = module.child("linear0", layers.linear(entrance.firstWidth(), firstChannels * 16, true));
        entrance.build(module, layers);
        this.blocks = new BlockList<>(module);
        for (int i = 0; i < stages.size(); i++) {
            addStage(layers, stages.get(i), i, settings.attention().contains(i + 1));
        }
        long last = stages.get(stages.size() - 1).out();
        this.lastNorm = module.child("bn4", layers.batchNorm(last));
        this.toRgb = module.child("conv2d5", layers.conv(last, 3, 3, Resample.NONE));
    }

    private void addStage(Layers layers, Stage stage, int index, boolean withAttention) {
        ResidualUp block = new ResidualUp(layers, stage, entrance.conditionWidth(), activation);
        blocks.add(
                block,
                (x, pass) -> block.apply(x, pass.conditions.get(index), pass.f),
                (s, x, conditions) -> block.script(s, x, conditions.get(index)));
        if (withAttention) {
            SelfAttention2d attention = layers.selfAttention(stage.out());
            blocks.add(attention, (x, pass) -> attention.apply(x, pass.f), (s, x, c) -> attention.script(s, x));
        }
    }

    @Override
    public int latentSize() {
        return latent;
    }

    @Override
    public Prior prior() {
        return prior;
    }

    @Override
    public Tensor draw(Code code, Forward f) {
        Tensor x = linear.apply(entrance.first(code), f).view(-1, firstChannels, 4, 4);
        x = blocks.apply(Ops.channelsLast(x), new Pass(entrance.conditions(code, f), f), f.tap());
        return toRgb.apply(activation.apply(lastNorm.apply(x, f)), f).tanh();
    }

    @Override
    public String script(Script s, String z, String labels) {
        String x = s.let("torch.reshape(%s, [-1, %d, 4, 4])", linear.script(s, entrance.first(s, z)), firstChannels);
        x = blocks.script(s, x, entrance.conditions(s, z, labels));
        return s.let("torch.tanh(%s)", toRgb.script(s, activation.script(s, lastNorm.script(s, x))));
    }

    @Override
    public Module module() {
        return module;
    }
}
