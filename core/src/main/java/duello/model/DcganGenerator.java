package duello.model;

import duello.torch.Conv2d;
import duello.torch.Conv2d.Shape;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Script;
import duello.torch.SelfAttention2d;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Transposed convolutions of kernel 4 from the latent up to the image, each but the last with norm and ReLU. */
final class DcganGenerator implements Generator {
    private record Pass(Tensor condition, Forward f) {}

    private final Module module = new Module();
    private final Module main = new Module();
    private final Layers layers;
    private final LatentSpace space;
    private final OneHotLabel label;
    private final CodeInjection codes;
    private final Row<Pass> stages = new Row<>();
    private final Conv2d toRgb;

    /** Doubles 4x4 so often. */
    DcganGenerator(DeshuffleDcgan settings, int doublings, OneHotLabel label, Layers layers) {
        this.layers = layers;
        this.label = label;
        this.space = new LatentSpace(settings.latent(), settings.prior(), settings.codes());
        this.codes = new CodeInjection(module, layers, space, settings.latent());
        module.child("main", main);
        long width = settings.generator().width();
        long channels = width << (doublings - 1);
        add("Start", "", Shape.transposed(settings.latent(), channels, 4, 1, 0));
        for (int stage = 1; channels > width; stage++) {
            add("Middle", " [" + stage + "]", Shape.transposed(channels, channels / 2, 4, 2, 1));
            channels = channels / 2;
            if (settings.generator().attention().contains(stage)) {
                addAttention(stage, channels);
            }
        }
        this.toRgb = main.child(
                "End-ConvTranspose2d",
                layers.conv(Shape.transposed(channels, 3, 4, 2, 1).withoutBias()));
    }

    private void add(String place, String index, Shape shape) {
        Conv2d conv = main.child(place + "-ConvTranspose2d" + index, layers.conv(shape.withoutBias()));
        long condition = codes.conditionWidth() + label.classes();
        GeneratorNorm norm = GeneratorNorm.in(main, place + "-BatchNorm2d" + index, layers, shape.out(), condition);
        stages.add(
                "main." + place + index,
                (x, pass) -> norm.apply(Ops.channelsLast(conv.apply(x, pass.f)), pass.condition, pass.f)
                        .relu(),
                (s, x, c) -> s.let("torch.relu(%s)", norm.script(s, conv.script(s, x), c.get(0))));
    }

    private void addAttention(int stage, long channels) {
        String name = "Attention [" + stage + "]";
        SelfAttention2d attention = main.child(name, layers.selfAttention(channels));
        stages.add("main." + name, (x, pass) -> attention.apply(x, pass.f), (s, x, c) -> attention.script(s, x));
    }

    @Override
    public LatentSpace space() {
        return space;
    }

    @Override
    public List<String> layers() {
        return stages.names();
    }

    @Override
    public Tensor draw(Code code, Forward f) {
        Tensor x = map(stages.last(), code, f);
        return toRgb.apply(x, f).tanh();
    }

    @Override
    public Tensor map(String layer, Code code, Forward f) {
        CodeInjection.Split<Tensor> split = codes.split(code.w(), f);
        Pass pass = new Pass(split.condition(label.of(code.labels())), f);
        Tensor start = split.z().unsqueeze(-1).unsqueeze(-1);
        return stages.upTo(layer, start, pass, f.tap());
    }

    @Override
    public String script(Script s, String z, String labels) {
        CodeInjection.Split<String> split = codes.script(s, z);
        String condition = split.condition(label.script(s, labels, z));
        String start = s.let("torch.unsqueeze(torch.unsqueeze(%s, -1), -1)", split.z());
        return s.let("torch.tanh(%s)", toRgb.script(s, stages.script(s, start, List.of(condition))));
    }

    @Override
    public Module module() {
        return module;
    }
}
