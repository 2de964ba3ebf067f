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

/** Linear map to 4x4, residual blocks that double, norm, ReLU, convolution to RGB, tanh. */
final class SnganGenerator implements Generator {
    private record Pass(Tensor condition, Forward f) {}

    private final Module module = new Module();
    private final LatentSpace space;
    private final OneHotLabel label;
    private final CodeInjection codes;
    private final long firstChannels;
    private final Linear dense;
    private final Row<Pass> blocks = new Row<>();
    private final BatchNorm2d lastNorm;
    private final ResampledConv2d toRgb;

    SnganGenerator(DeshuffleSngan settings, List<Stage> stages, OneHotLabel label, Layers layers) {
        this.label = label;
        this.space = new LatentSpace(settings.latent(), settings.prior(), settings.codes());
        this.codes = new CodeInjection(module, layers, space, settings.latent());
        this.firstChannels = stages.get(0).in();
        this.dense = module.child("dense", layers.linear(settings.latent(), firstChannels * 16, true));
        long last = stages.get(stages.size() - 1).out();
        this.toRgb = module.child("final", layers.conv(last, 3, 3, Resample.NONE));
        Module main = new Module();
        module.child("main", main);
        Layers shortcuts = settings.generator().spectralShortcuts() ? layers.normalised() : layers;
        for (int i = 0; i < stages.size(); i++) {
            addBlock(main, i, new SnganUp(layers, shortcuts, stages.get(i), codes.conditionWidth() + label.classes()));
            if (settings.generator().attention().contains(i + 1)) {
                addAttention(main, i, layers.selfAttention(stages.get(i).out()));
            }
        }
        this.lastNorm = main.child("BN", layers.batchNorm(last));
        main.alias("FinalConv", toRgb);
    }

    private void addBlock(Module main, int index, SnganUp block) {
        String name = "ResBlock_" + index;
        main.child(name, block);
        blocks.add(
                "main." + name,
                (x, pass) -> block.apply(x, pass.condition, pass.f),
                (s, x, c) -> block.script(s, x, c.get(0)));
    }

    private void addAttention(Module main, int index, SelfAttention2d attention) {
        String name = "Attention_" + index;
        main.child(name, attention);
        blocks.add("main." + name, (x, pass) -> attention.apply(x, pass.f), (s, x, c) -> attention.script(s, x));
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
        return toRgb.apply(lastNorm.apply(x, f).relu(), f).tanh();
    }

    @Override
    public Tensor map(String layer, Code code, Forward f) {
        CodeInjection.Split<Tensor> split = codes.split(code.w(), f);
        Pass pass = new Pass(split.condition(label.of(code.labels())), f);
        Tensor start = Ops.channelsLast(dense.apply(split.z(), f).view(-1, firstChannels, 4, 4));
        return blocks.upTo(layer, start, pass, f.tap());
    }

    @Override
    public String script(Script s, String z, String labels) {
        CodeInjection.Split<String> split = codes.script(s, z);
        String condition = split.condition(label.script(s, labels, z));
        String start = s.let("torch.reshape(%s, [-1, %d, 4, 4])", dense.script(s, split.z()), firstChannels);
        String map = blocks.script(s, start, List.of(condition));
        return s.let("torch.tanh(%s)", toRgb.script(s, s.let("torch.relu(%s)", lastNorm.script(s, map))));
    }

    @Override
    public Module module() {
        return module;
    }
}
