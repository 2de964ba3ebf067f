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
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Residual networks of the SNGAN, ACGAN, ProjGAN, SAGAN and WGAN-GP line; the label enters as a one-hot vector. */
@Doc("Residual generator and discriminator (SNGAN, SAGAN, WGAN-GP); 16 to 1024 px")
@Paper("Miyato et al., Spectral Normalization for Generative Adversarial Networks, ICLR 2018, arXiv 1802.05957")
public record ResNet(
        @Doc("The generator's parts") @Default("{}") NetworkSettings generator,
        @Doc("The discriminator's parts") @Default("{}") NetworkSettings discriminator,

        @Doc("Width of the latent") @Default("128") @Range(min = 1, max = 65536)
        int latent,

        @Doc("What latents are drawn from: gaussian or uniform") @Default("gaussian")
        Prior prior,

        @Doc("Whether the generator's batch norm is conditional on the class") @Default("true")
        boolean conditional,

        @Doc("InfoGAN's codes at the latent's end; none if left out") @Nullable
        Codes codes)
        implements Backbone {

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        List<Stage> stages = ResidualStages.generator(domain.resolution(), generator.width());
        OneHotLabel label = new OneHotLabel(conditional ? domain.classes() : 0);
        LatentSpace space = new LatentSpace(latent, prior, codes);
        Entrance.Maker entrance = (module, layers, features) -> {
            CodeInjection injection = new CodeInjection(module, layers, space, latent);
            Linear linear = module.child("linear0", layers.linear(latent, features, true));
            return new OneHot(injection, linear, label, stages.size());
        };
        Layers layers = generator.layers(seed, device);
        return new ResidualGenerator(generator, stages, layers, space, entrance, ResidualUp::stage);
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        List<Stage> stages = ResidualStages.discriminator(domain.resolution(), discriminator.width());
        Layers layers = discriminator.layers(seed, device);
        return new ResidualDiscriminator(discriminator, stages, layers, new ResidualDown());
    }

    /** The whole latent feeds the first linear map; every stage's condition is the one-hot label. */
    private record OneHot(CodeInjection codes, Linear linear, OneHotLabel label, int stages) implements Entrance {
        @Override
        public long conditionWidth() {
            return codes.conditionWidth() + label.classes();
        }

        @Override
        public Entered<Tensor> enter(Code code, Forward f) {
            CodeInjection.Split<Tensor> split = codes.split(code.w(), f);
            Tensor condition = split.condition(label.of(code.labels()));
            return new Entered<>(linear.apply(split.z(), f), Collections.nCopies(stages, condition));
        }

        @Override
        public Entered<String> script(Script s, String z, String labels) {
            CodeInjection.Split<String> split = codes.script(s, z);
            String condition = split.condition(label.script(s, labels, z));
            return new Entered<>(linear.script(s, split.z()), Collections.nCopies(stages, condition));
        }
    }
}
