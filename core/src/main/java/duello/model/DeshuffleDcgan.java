package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Init;
import duello.torch.Layers;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * DCGAN as DeshuffleGAN plays it: convolutions of kernel 4 without bias, from 4x4 up and down to 4x4 again, with channels
 * halved and doubled from stage to stage. The discriminator does not pool: heads are convolutions of kernel 4 over its
 * last map, so its features are that map's positions side by side.
 */
@Doc("DCGAN, the plain convolutional pair of DeshuffleGAN; 16 to 256 px")
@Paper(
        "Baykal and Unal, DeshuffleGAN: A Self-Supervised GAN to Improve Structure Learning, ICIP 2020, arXiv 2006.08694")
public record DeshuffleDcgan(
        @Doc("The generator's parts; its width is that of the stage before the image") @Default("{}")
        Parts generator,

        @Doc("The discriminator's parts; its width is that of the first stage") @Default("{}")
        Parts discriminator,

        @Doc("Width of the latent") @Default("128") @Range(min = 1, max = 65536)
        int latent,

        @Doc("What latents are drawn from: gaussian or uniform") @Default("gaussian")
        Prior prior,

        @Doc("Whether the generator's batch norm is conditional on the class") @Default("false")
        boolean conditional,

        @Doc("InfoGAN's codes at the latent's end; none if left out") @Nullable
        Codes codes)
        implements Backbone {

    /** What one of the networks is made of. */
    public record Parts(
            @Doc("Base width: channels are multiples of it") @Default("128") @Range(min = 1, max = 4096)
            int width,

            @Doc("Spectral normalisation; a discriminator without it has batch norm") @Default("false")
            boolean spectralNorm,

            @Doc("Stages that double or halve, counted from 1, after which self-attention stands")
            @Default("[]")
            @Range(min = 1, max = 16)
            List<Integer> attention,

            @Doc("How weights start: ortho, n02, xavier or dcgan") @Default("dcgan")
            Init.Rule init) {

        public Parts {
            attention = List.copyOf(attention);
        }

        Layers layers(long seed, Device device) {
            return new Layers(Init.of(init, seed, device), spectralNorm, Layers.Eps.PYTORCH);
        }
    }

    /** How many doublings lie between 4x4 and the image. */
    private static int doublings(ImageDomain domain) {
        int resolution = domain.resolution();
        if (resolution < 16 || resolution > 256 || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException(
                    "deshuffle_dcgan makes images of 16, 32, 64, 128 or 256 pixels, not " + resolution);
        }
        return Integer.numberOfTrailingZeros(resolution) - 2;
    }

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        OneHotLabel label = new OneHotLabel(conditional ? domain.classes() : 0);
        return new DcganGenerator(this, doublings(domain), label, generator.layers(seed, device));
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        return new DcganDiscriminator(discriminator, doublings(domain), discriminator.layers(seed, device));
    }
}
