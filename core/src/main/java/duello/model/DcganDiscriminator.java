package duello.model;

import duello.torch.Conv2d;
import duello.torch.Conv2d.Shape;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.SelfAttention2d;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Convolutions of kernel 4 that halve down to 4x4, each with leaky ReLU of slope 0.2 and, but for the first, a norm. */
final class DcganDiscriminator implements Discriminator {
    private static final int SIDE = 4;
    private static final double SLOPE = 0.2;

    /** What published state dicts call the heads. */
    private static final Map<String, String> HEADS =
            Map.of("linear1", "normal.End-Conv2d", "deshuffle", "jigsaw.End_Conv2d");

    private final Module module = new Module();
    private final Module main = new Module();
    private final Layers layers;
    private final Row<Forward> stages = new Row<>();
    private final HeadSite site;

    /** Halves so often. */
    DcganDiscriminator(DeshuffleDcgan.Parts parts, int halvings, Layers layers) {
        this.layers = layers;
        module.child("main", main);
        Conv2d first = main.child("Start-Conv2d", layers.conv(halving(3, parts.width())));
        stages.add("main.Start", (x, f) -> activated(first.apply(x, f)));
        long channels = parts.width();
        for (int stage = 1; stage <= halvings; stage++) {
            if (stage > 1) {
                addStage(" [" + (stage - 2) + "]", channels);
                channels = 2 * channels;
            }
            if (parts.attention().contains(stage)) {
                addAttention(stage, channels);
            }
        }
        HeadSite.Ground ground = new HeadSite.Ground(channels, SIDE, false);
        this.site = new HeadSite(module, layers, ground, name -> HEADS.getOrDefault(name, name));
    }

    private static Shape halving(long in, long out) {
        return Shape.conv(in, out, 4, 2, 1).withoutBias();
    }

    private static Tensor activated(Tensor x) {
        return torch.leaky_relu(x, Ops.scalar(SLOPE));
    }

    private void addStage(String index, long in) {
        Conv2d conv = main.child("Middle-Conv2d" + index, layers.conv(halving(in, 2 * in)));
        DiscriminatorNorm norm = DiscriminatorNorm.in(main, "Middle-BatchNorm2d" + index, layers, 2 * in);
        stages.add("main.Middle" + index, (x, f) -> activated(norm.apply(conv.apply(x, f), f)));
    }

    private void addAttention(int stage, long channels) {
        String name = "Attention [" + stage + "]";
        SelfAttention2d attention = main.child(name, layers.selfAttention(channels));
        stages.add("main." + name, attention::apply);
    }

    @Override
    public List<String> layers() {
        return stages.names();
    }

    /** A stage's convolution and norm have names of their own, {@code Middle-Conv2d [0]} and {@code Middle-BatchNorm2d [0]}. */
    @Override
    public int block(String parameter) {
        return Discriminator.super.block(parameter.replaceFirst("-\\w+", ""));
    }

    @Override
    public Features trunk(Tensor images, Forward f) {
        Tensor map = map(stages.last(), images, f);
        return Features.of(map.flatten(1, -1), 1, map);
    }

    @Override
    public Tensor map(String layer, Tensor images, Forward f) {
        return stages.upTo(layer, Ops.channelsLast(images), f, f.tap());
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
