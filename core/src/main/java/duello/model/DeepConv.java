package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Conv2d;
import duello.torch.Conv2d.Shape;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Script;
import duello.torch.SelfAttention2d;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The DCGAN-like networks that the reference calls deep_conv: transposed convolutions up from 4x4, strided convolutions
 * down to 4x4. The reference knows 32 px only; other powers of two add or drop a stage at the image's end, with the
 * channels halved (generator) or doubled (discriminator) from stage to stage.
 */
@Doc("DCGAN-like convolutional networks; 16 to 128 px")
@Paper("Radford et al., Unsupervised Representation Learning with Deep Convolutional GANs, ICLR 2016, arXiv 1511.06434")
public record DeepConv(
        @Doc("The generator's parts; its width is that of the last stage at 32 px") @Default("{}")
        NetworkSettings generator,

        @Doc("The discriminator's parts; its width is that of the first stage at 32 px") @Default("{}")
        NetworkSettings discriminator,

        @Doc("Width of the latent") @Default("128") @Range(min = 1, max = 65536)
        int latent,

        @Doc("What latents are drawn from: gaussian or uniform") @Default("gaussian")
        Prior prior,

        @Doc("Whether the generator's batch norm is conditional on the class") @Default("false")
        boolean conditional,

        @Doc("InfoGAN's codes at the latent's end; none if left out") @Nullable
        Codes codes)
        implements Backbone {

    /** How many doublings lie between 4x4 and the image. */
    private static int stages(ImageDomain domain) {
        int resolution = domain.resolution();
        if (resolution < 16 || resolution > 128 || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException("deep_conv makes images of 16, 32, 64 or 128 pixels, not " + resolution);
        }
        return Integer.numberOfTrailingZeros(resolution) - 2;
    }

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        OneHotLabel label = new OneHotLabel(conditional ? domain.classes() : 0);
        return new Up(this, stages(domain), label, generator.layers(seed, device));
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        return new Down(discriminator, stages(domain), discriminator.layers(seed, device));
    }

    private static final class Up implements Generator {
        private record Pass(Tensor condition, Forward f) {}

        private final Module module = new Module();
        private final LatentSpace space;
        private final Activation activation;
        private final OneHotLabel label;
        private final CodeInjection codes;
        private final long firstChannels;
        private final Linear linear;
        private final BlockList<Pass> blocks;
        private final Conv2d toRgb;

        Up(DeepConv settings, int stages, OneHotLabel label, Layers layers) {
            this.space = new LatentSpace(settings.latent, settings.prior, settings.codes);
            this.activation = settings.generator.activation();
            this.label = label;
            this.codes = new CodeInjection(module, layers, space, settings.latent);
            this.firstChannels = 8L * settings.generator.width();
            this.linear = module.child("linear0", layers.linear(settings.latent, firstChannels * 16, true));
            this.blocks = new BlockList<>(module);
            long in = firstChannels;
            for (int i = 0; i < stages; i++) {
                long out = Math.max(1, in / 2);
                addStage(layers, in, out, settings.generator.attention().contains(i + 1));
                in = out;
            }
            this.toRgb = module.child("conv4", layers.conv(Shape.conv(in, 3, 3, 1, 1)));
        }

        private void addStage(Layers layers, long in, long out, boolean withAttention) {
            Module tensors = new Module();
            Conv2d conv = tensors.child("deconv0", layers.conv(Shape.transposed(in, out, 4, 2, 1)));
            long condition = codes.conditionWidth() + label.classes();
            GeneratorNorm norm = GeneratorNorm.in(tensors, "bn0", layers, out, condition);
            blocks.add(
                    () -> tensors,
                    (x, pass) -> activation.apply(norm.apply(conv.apply(x, pass.f), pass.condition, pass.f)),
                    (s, x, c) -> activation.script(s, norm.script(s, conv.script(s, x), c.get(0))));
            if (withAttention) {
                SelfAttention2d attention = layers.selfAttention(out);
                blocks.add(attention, (x, pass) -> attention.apply(x, pass.f), (s, x, c) -> attention.script(s, x));
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
            return toRgb.apply(x, f).tanh();
        }

        @Override
        public Tensor map(String layer, Code code, Forward f) {
            CodeInjection.Split<Tensor> split = codes.split(code.w(), f);
            Tensor start = Ops.channelsLast(linear.apply(split.z(), f).view(-1, firstChannels, 4, 4));
            Pass pass = new Pass(split.condition(label.of(code.labels())), f);
            return blocks.upTo(layer, start, pass, f.tap());
        }

        @Override
        public String script(Script s, String z, String labels) {
            CodeInjection.Split<String> split = codes.script(s, z);
            String condition = split.condition(label.script(s, labels, z));
            String x = s.let("torch.reshape(%s, [-1, %d, 4, 4])", linear.script(s, split.z()), firstChannels);
            x = toRgb.script(s, blocks.script(s, x, List.of(condition)));
            return s.let("torch.tanh(%s)", x);
        }

        @Override
        public Module module() {
            return module;
        }
    }

    private static final class Down implements Discriminator {
        private final Module module = new Module();
        private final BlockList<Forward> blocks;
        private final Conv2d last;
        private final DiscriminatorNorm lastNorm;
        private final Activation activation;
        private final HeadSite site;

        Down(NetworkSettings settings, int stages, Layers layers) {
            this.activation = settings.activation();
            this.blocks = new BlockList<>(module);
            long in = 3;
            long out = settings.width();
            for (int i = 0; i < stages; i++) {
                addStage(layers, in, out, settings.attention().contains(i + 1));
                in = out;
                out = 2 * out;
            }
            this.last = module.child("conv1", layers.conv(Shape.conv(in, out, 3, 1, 1)));
            this.lastNorm = DiscriminatorNorm.in(module, "bn1", layers, out);
            this.site = new HeadSite(module, layers, out);
        }

        private void addStage(Layers layers, long in, long out, boolean withAttention) {
            Module tensors = new Module();
            Conv2d conv0 = tensors.child("conv0", layers.conv(Shape.conv(in, out, 3, 1, 1)));
            Conv2d conv1 = tensors.child("conv1", layers.conv(Shape.conv(out, out, 4, 2, 1)));
            DiscriminatorNorm bn0 = DiscriminatorNorm.in(tensors, "bn0", layers, out);
            DiscriminatorNorm bn1 = DiscriminatorNorm.in(tensors, "bn1", layers, out);
            blocks.add(() -> tensors, (x, f) -> {
                Tensor h = activation.apply(bn0.apply(conv0.apply(x, f), f));
                return activation.apply(bn1.apply(conv1.apply(h, f), f));
            });
            if (withAttention) {
                SelfAttention2d attention = layers.selfAttention(out);
                blocks.add(attention, attention::apply);
            }
        }

        @Override
        public List<String> layers() {
            return blocks.names();
        }

        @Override
        public Features trunk(Tensor images, Forward f) {
            Tensor x = map(blocks.last(), images, f);
            Tensor map = activation.apply(lastNorm.apply(last.apply(x, f), f));
            return Features.of(Ops.sum(map, false, 2, 3), map.size(2) * map.size(3), map);
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
}
