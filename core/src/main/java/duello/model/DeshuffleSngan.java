package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.model.ResidualStages.Stage;
import duello.torch.Init;
import duello.torch.Layers;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * The residual pair of SNGAN as DeshuffleGAN plays it. It differs from {@link ResNet} in the discriminator's mean over
 * positions instead of their sum, in shortcuts that are the identity where channels stay, and in the generator's
 * shortcut convolutions, which are spectrally normalised. The paper has 128 px; other sizes take the channels of
 * {@link ResNet}.
 */
@Doc("SNGAN, the residual pair of DeshuffleGAN; 16 to 1024 px")
@Paper(
        "Baykal and Unal, DeshuffleGAN: A Self-Supervised GAN to Improve Structure Learning, ICIP 2020, arXiv 2006.08694")
public record DeshuffleSngan(
        @Doc("The generator's parts") @Default("{}") GeneratorParts generator,
        @Doc("The discriminator's parts") @Default("{}") DiscriminatorParts discriminator,

        @Doc("Width of the latent") @Default("128") @Range(min = 1, max = 65536)
        int latent,

        @Doc("What latents are drawn from: gaussian or uniform") @Default("gaussian")
        Prior prior,

        @Doc("Whether the generator's batch norm is conditional on the class") @Default("false")
        boolean conditional,

        @Doc("InfoGAN's codes at the latent's end; none if left out") @Nullable
        Codes codes)
        implements Backbone {

    /** What the generator is made of. */
    public record GeneratorParts(
            @Doc("Base width: channels are multiples of it") @Default("64") @Range(min = 1, max = 4096)
            int width,

            @Doc("Spectral normalisation of convolutions and linear maps") @Default("false")
            boolean spectralNorm,

            @Doc("Spectral normalisation of the convolutions of shortcuts, as published") @Default("true")
            boolean spectralShortcuts,

            @Doc("Stages, counted from 1, after which self-attention stands") @Default("[]") @Range(min = 1, max = 16)
            List<Integer> attention,

            @Doc("How weights start: ortho, n02, xavier or dcgan") @Default("dcgan")
            Init.Rule init) {

        public GeneratorParts {
            attention = List.copyOf(attention);
        }
    }

    /** What the discriminator is made of. */
    public record DiscriminatorParts(
            @Doc("Base width: channels are multiples of it") @Default("64") @Range(min = 1, max = 4096)
            int width,

            @Doc("Spectral normalisation of convolutions and linear maps; without it there is batch norm")
            @Default("true")
            boolean spectralNorm,

            @Doc("Stages, counted from 1, after which self-attention stands") @Default("[]") @Range(min = 1, max = 16)
            List<Integer> attention,

            @Doc("How weights start: ortho, n02, xavier or dcgan") @Default("dcgan")
            Init.Rule init) {

        public DiscriminatorParts {
            attention = List.copyOf(attention);
        }
    }

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        List<Stage> stages = ResidualStages.generator(domain.resolution(), generator.width());
        OneHotLabel label = new OneHotLabel(conditional ? domain.classes() : 0);
        Init init = Init.of(generator.init(), seed, device);
        return new SnganGenerator(this, stages, label, new Layers(init, generator.spectralNorm(), Layers.Eps.PYTORCH));
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        List<Stage> stages = ResidualStages.discriminator(domain.resolution(), discriminator.width());
        Init init = Init.of(discriminator.init(), seed, device);
        return new SnganDiscriminator(
                discriminator, stages, new Layers(init, discriminator.spectralNorm(), Layers.Eps.PYTORCH));
    }
}
