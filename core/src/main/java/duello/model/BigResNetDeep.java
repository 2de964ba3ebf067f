package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * BigGAN-deep's residual networks: bottleneck blocks, several a stage. The class embedding and the whole latent enter the
 * first linear map and every norm. The reference runs unconditional generators and generators of another depth than 2
 * at no size or at 32 px only; here the norms read the latent alone then, and channels change once a stage.
 */
@Doc("BigGAN-deep's residual networks; 16 to 1024 px, in form studiogan to 256 px")
@Paper("Brock et al., Large Scale GAN Training for High Fidelity Natural Image Synthesis, ICLR 2019, arXiv 1809.11096")
public record BigResNetDeep(
        @Doc("The generator's parts") @Default("{}") NetworkSettings generator,
        @Doc("The discriminator's parts") @Default("{}") NetworkSettings discriminator,

        @Doc("The blocks: legacy (shortcuts keep channels) or studiogan (shortcuts are convolutions)")
        @Default("legacy")
        BottleneckForm form,

        @Doc("How many blocks a stage has") @Default("{}") Depth depth,

        @Doc("Width of the latent") @Default("128") @Range(min = 1, max = 65536)
        int latent,

        @Doc("Width of the class embedding that all stages share") @Default("128") @Range(min = 1, max = 65536)
        int shared,

        @Doc("What latents are drawn from: gaussian or uniform") @Default("gaussian")
        Prior prior,

        @Doc("Whether the class enters the generator") @Default("true")
        boolean conditional,

        @Doc("InfoGAN's codes at the latent's end; none if left out") @Nullable
        Codes codes)
        implements Backbone {

    /** Blocks a stage. */
    public record Depth(
            @Doc("In the generator") @Default("2") @Range(min = 1, max = 16)
            int generator,

            @Doc("In the discriminator") @Default("2") @Range(min = 1, max = 16)
            int discriminator) {}

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        checkSize(domain);
        List<Stage> stages = ResidualStages.generator(domain.resolution(), generator.width());
        int classes = conditional ? domain.classes() : 0;
        LatentSpace space = new LatentSpace(latent, prior, codes);
        Entrance.Maker entrance = (module, layers, features) -> {
            CodeInjection injection = new CodeInjection(module, layers, space, shared);
            SharedLabel label = new SharedLabel(module, layers, classes, shared);
            long width = injection.conditionWidth() + label.width() + latent;
            Linear linear = module.child("linear0", layers.linear(width, features, true));
            return new Whole(injection, label, linear, width, stages.size());
        };
        Layers layers = generator.layers(seed, device);
        return new ResidualGenerator(
                generator, stages, layers, space, entrance, BottleneckUp.stages(form, depth.generator));
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        checkSize(domain);
        List<Stage> stages = ResidualStages.bottleneckDiscriminator(
                domain.resolution(), discriminator.width(), form.firstMultiple());
        Layers layers = discriminator.layers(seed, device);
        return new ResidualDiscriminator(
                discriminator, stages, layers, new BottleneckDown.Design(form, depth.discriminator));
    }

    private void checkSize(ImageDomain domain) {
        if (domain.resolution() > form.largestImage()) {
            throw new IllegalArgumentException("big_resnet_deep in form studiogan makes images of up to "
                    + form.largestImage() + " pixels, not " + domain.resolution() + "; form legacy makes larger ones");
        }
    }

    /** One vector for everything: codes, label and latent. */
    private record Whole(CodeInjection codes, SharedLabel label, Linear linear, long conditionWidth, int stages)
            implements Entrance {
        @Override
        public Entered<Tensor> enter(Code code, Forward f) {
            CodeInjection.Split<Tensor> split = codes.split(code.w(), f);
            List<Tensor> parts = new ArrayList<>(label.of(code.labels(), f));
            parts.add(split.z());
            Tensor all = split.condition(parts);
            return new Entered<>(linear.apply(all, f), Collections.nCopies(stages, all));
        }

        @Override
        public Entered<String> script(Script s, String z, String labels) {
            CodeInjection.Split<String> split = codes.script(s, z);
            List<String> parts = new ArrayList<>(label.script(s, labels));
            parts.add(split.z());
            String all = split.condition(parts);
            return new Entered<>(linear.script(s, all), Collections.nCopies(stages, all));
        }
    }
}
