package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.SelfAttention2d;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The trunk that the ResNet and BigGAN families share: residual blocks, activation, sum over positions. */
final class ResidualDiscriminator implements Discriminator {
    /** A residual block. */
    interface Block extends Layer {
        Tensor apply(Tensor x, Forward f);
    }

    /** What stands before the blocks and what a stage consists of. */
    interface Design {
        /** Registers what makes {@code channels} channels of the images; nothing where the first block does. */
        default Row.Step<Forward> stem(Module discriminator, Layers layers, long channels) {
            return (images, f) -> images;
        }

        /** The blocks of the stage number {@code index}, counted from 0. */
        List<? extends Block> blocks(Layers layers, Stage stage, int index, Activation activation);
    }

    private final Module module = new Module();
    private final Row.Step<Forward> stem;
    private final BlockList<Forward> blocks;
    private final Activation activation;
    private final HeadSite site;

    ResidualDiscriminator(NetworkSettings settings, List<Stage> stages, Layers layers, Design design) {
        this.activation = settings.activation();
        this.stem = design.stem(module, layers, stages.get(0).in());
        this.blocks = new BlockList<>(module);
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            for (Block block : design.blocks(layers, stage, i, activation)) {
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
    public List<String> layers() {
        return blocks.names();
    }

    @Override
    public Features trunk(Tensor images, Forward f) {
        Tensor map = activation.apply(map(blocks.last(), images, f));
        return Features.of(Ops.sum(map, false, 2, 3), map.size(2) * map.size(3), map);
    }

    @Override
    public Tensor map(String layer, Tensor images, Forward f) {
        return blocks.upTo(layer, stem.apply(Ops.channelsLast(images), f), f, f.tap());
    }

    @Override
    public HeadSite site() {
        return site;
    }

    @Override
    public Module module() {
        return module;
    }
}
