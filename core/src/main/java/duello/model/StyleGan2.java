package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Equalised;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * StyleGAN2 with the state dicts of PyTorch-StudioGAN and NVlabs' stylegan2-ada-pytorch. The latent is always gaussian; its
 * length does not matter, only its direction.
 */
@Doc("StyleGAN2: a mapping network, styles for every layer, noise; 8 to 1024 px")
@Paper("Karras et al., Analyzing and Improving the Image Quality of StyleGAN, CVPR 2020, arXiv 1912.04958")
public record StyleGan2(
        @Doc("The generator's synthesis network") @Default("{}")
        SynthesisSettings generator,

        @Doc("The discriminator's trunk") @Default("{}") StyleTrunkSettings discriminator,

        @Doc("The generator's mapping network") @Default("{}")
        MappingSettings mapping,

        @Doc("Width of the latent z") @Default("512") @Range(min = 1, max = 65536)
        int latent,

        @Doc("Whether the mapping network reads the class") @Default("false")
        boolean conditional,

        @Doc("InfoGAN's codes at the latent's end, mapped with it; none if left out") @Nullable
        Codes codes)
        implements Backbone {
    /** How the maps of different resolutions become, or are made of, an image. */
    public enum Architecture {
        /** Only the map of the image's own resolution. */
        ORIG,
        /** All of them: images are resampled and added up. */
        SKIP,
        /** The image's own resolution; blocks have shortcuts. */
        RESNET
    }

    /** The network from z to w. */
    public record MappingSettings(
            @Doc("Width of w, and of what is hidden") @Default("512") @Range(min = 1, max = 65536)
            int width,

            @Doc("Layers") @Default("8") @Range(min = 1, max = 64)
            int layers,

            @Doc("Their learning rate, as a share of the others'") @Default("0.01") @Range(min = 0, above = true)
            double rate) {}

    /** The network from w to images. */
    public record SynthesisSettings(
            @Doc("Channels at resolution r are channel_base / r") @Default("16384") @Range(min = 1, max = 1 << 24)
            int channelBase,

            @Doc("but no more than this") @Default("512") @Range(min = 1, max = 65536)
            int channelMax,

            @Doc("orig, skip or resnet") @Default("skip") Architecture architecture) {}

    /** The discriminator's trunk. */
    public record StyleTrunkSettings(
            @Doc("Channels at resolution r are channel_base / r") @Default("16384") @Range(min = 1, max = 1 << 24)
            int channelBase,

            @Doc("but no more than this") @Default("512") @Range(min = 1, max = 65536)
            int channelMax,

            @Doc("orig, skip or resnet") @Default("resnet") Architecture architecture,

            @Doc("Images whose variety the last block is shown together") @Default("4") @Range(min = 1, max = 65536)
            int group) {}

    /** @throws IllegalArgumentException if codes are to enter otherwise than with the latent */
    public StyleGan2 {
        if (codes != null && codes.injection() != Codes.Injection.CONCAT) {
            throw new IllegalArgumentException(
                    "stylegan2 has no batch norm for codes to enter by; set injection: concat");
        }
    }

    /** The channels of maps of height and width {@code side}. */
    static int channels(int base, int max, int side) {
        return Math.max(1, Math.min(base / side, max));
    }

    /** The resolution of a domain, if there are such networks. */
    private static int resolution(ImageDomain domain) {
        int resolution = domain.resolution();
        if (resolution < 8 || resolution > 1024 || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException(
                    "stylegan2 makes images of 8, 16, ... 1024 pixels, powers of two, not " + resolution);
        }
        return resolution;
    }

    @Override
    public boolean maps() {
        return true;
    }

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        LatentSpace space = new LatentSpace(latent, Prior.GAUSSIAN, codes);
        MappingNetwork.Shape map = new MappingNetwork.Shape(
                space.size(), conditional ? domain.classes() : 0, mapping.width, mapping.layers, mapping.rate);
        Synthesis.Shape synthesis = new Synthesis.Shape(resolution(domain), mapping.width, generator);
        return new StyleGenerator(Equalised.of(seed, device), space, map, synthesis);
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        return new StyleDiscriminator(Equalised.of(seed, device), resolution(domain), discriminator);
    }
}
