package duello.model;

import duello.model.Entrance.Entered;
import duello.model.ResidualStages.Stage;
import duello.torch.BatchNorm2d;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Layers;
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
 * activation, convolution to RGB, tanh. What differs, how latent and label enter and what the blocks are, is given.
 */
final class ResidualGenerator implements Generator {
    /** A residual block; {@code condition} is {@code [B, conditionWidth]}. */
    interface Block extends Layer {
        Tensor apply(Tensor x, Tensor condition, Forward f);

        /** {@link #apply} in a script. */
        String script(Script s, String x, String condition);
    }

    /** What a stage consists of. */
    @FunctionalInterface
    interface Design {
        /** The blocks of a stage, whose norms are conditional on vectors of that width, or plain if it is 0. */
        List<? extends Block> blocks(Layers layers, Stage stage, long condition, Activation activation);
    }

    /** What one pass hands to the blocks. */
    private record Pass(List<Tensor> conditions, Forward f) {}

    private final Module module = new Module();
    private final LatentSpace space;
    private final Entrance entrance;
    private final long firstChannels;
    private final BlockList<Pass> blocks;
    private final BatchNorm2d lastNorm;
    private final ResampledConv2d toRgb;
    private final Activation activation;

    ResidualGenerator(
            NetworkSettings settings,
            List<Stage> stages,
            Layers layers,
            LatentSpace space,
            Entrance.Maker entrance,
            Design design) {
        this.space = space;
        this.activation = settings.activation();
        this.firstChannels = stages.get(0).in();
        this.entrance = entrance.in(module, layers, firstChannels * 16);
        this.blocks = new BlockList<>(module);
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            add(i, design.blocks(layers, stage, this.entrance.conditionWidth(), activation));
            if (settings.attention().contains(i + 1)) {
                SelfAttention2d attention = layers.selfAttention(stage.out());
                blocks.add(
                        attention,
                        (x, pass) -> attention.apply(x, pass.f),
                        (s, x, conditions) -> attention.script(s, x));
            }
        }
        long last = stages.get(stages.size() - 1).out();
        this.lastNorm = module.child("bn4", layers.batchNorm(last));
        this.toRgb = module.child("conv2d5", layers.conv(last, 3, 3, Resample.NONE));
    }

    private void add(int stage, List<? extends Block> ofStage) {
        for (Block block : ofStage) {
            blocks.add(
                    block,
                    (x, pass) -> block.apply(x, pass.conditions.get(stage), pass.f),
                    (s, x, conditions) -> block.script(s, x, conditions.get(stage)));
        }
    }

    @Override
    public LatentSpace space() {
        return space;
    }

    @Override
    public List<String> layers() {
        return blocks.names();
    }

    @Override
    public Tensor draw(Code code, Forward f) {
        Tensor x = map(blocks.last(), code, f);
        return toRgb.apply(activation.apply(lastNorm.apply(x, f)), f).tanh();
    }

    @Override
    public Tensor map(String layer, Code code, Forward f) {
        Entered<Tensor> entered = entrance.enter(code, f);
        Tensor start = Ops.channelsLast(entered.start().view(-1, firstChannels, 4, 4));
        return blocks.upTo(layer, start, new Pass(entered.conditions(), f), f.tap());
    }

    @Override
    public String script(Script s, String z, String labels) {
        Entered<String> entered = entrance.script(s, z, labels);
        String x = s.let("torch.reshape(%s, [-1, %d, 4, 4])", entered.start(), firstChannels);
        x = blocks.script(s, x, entered.conditions());
        return s.let("torch.tanh(%s)", toRgb.script(s, activation.script(s, lastNorm.script(s, x))));
    }

    @Override
    public Module module() {
        return module;
    }
}
