package duello.model;

import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.SelfAttention2d;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Residual blocks, ReLU, mean over positions. */
final class SnganDiscriminator implements Discriminator {
    /** What published state dicts call the heads. */
    private static final Map<String, String> HEADS = Map.of("linear1", "rf.Linear", "deshuffle", "jigsaw.Linear");

    private final Module module = new Module();
    private final Row<Forward> blocks = new Row<>();
    private final HeadSite site;

    SnganDiscriminator(DeshuffleSngan.DiscriminatorParts parts, List<Stage> stages, Layers layers) {
        Module main = new Module();
        module.child("main", main);
        for (int i = 0; i < stages.size(); i++) {
            SnganDown block = main.child("ResBlock_" + i, new SnganDown(layers, stages.get(i), i == 0));
            blocks.add("main.ResBlock_" + i, block::apply);
            if (parts.attention().contains(i + 1)) {
                SelfAttention2d attention = main.child(
                        "Attention_" + i, layers.selfAttention(stages.get(i).out()));
                blocks.add("main.Attention_" + i, attention::apply);
            }
        }
        HeadSite.Ground ground =
                HeadSite.Ground.pooled(stages.get(stages.size() - 1).out());
        this.site = new HeadSite(module, layers, ground, name -> HEADS.getOrDefault(name, name));
    }

    @Override
    public List<String> layers() {
        return blocks.names();
    }

    @Override
    public Features trunk(Tensor images, Forward f) {
        Tensor map = map(blocks.last(), images, f).relu();
        return Features.of(Ops.mean(map, false, 2, 3), 1, map);
    }

    @Override
    public Tensor map(String layer, Tensor images, Forward f) {
        return blocks.upTo(layer, Ops.channelsLast(images), f, f.tap());
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
