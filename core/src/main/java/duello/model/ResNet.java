package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Script;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

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
        boolean conditional)
        implements Backbone {

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        int stages = ResidualStages.generator(domain.resolution(), 1).size();
        OneHot entrance = new OneHot(latent, conditional ? domain.classes() : 0, stages);
        Layers layers = generator.layers(seed, device);
        return new ResidualGenerator(generator, domain.resolution(), layers, latent, prior, entrance);
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        return new ResidualDiscriminator(discriminator, domain.resolution(), discriminator.layers(seed, device));
    }

    /** The whole latent feeds the first linear map; every stage's condition is the one-hot label. */
    private record OneHot(long firstWidth, long conditionWidth, int stages) implements ResidualGenerator.Entrance {
        @Override
        public void build(Module generator, Layers layers) {}

        @Override
        public Tensor first(Code code) {
            return code.w();
        }

        @Override
        public List<Tensor> conditions(Code code, Forward f) {
            Tensor condition = conditionWidth == 0 ? code.labels() : Ops.oneHot(code.labels(), conditionWidth);
            return Collections.nCopies(stages, condition);
        }

        @Override
        public String first(Script s, String z) {
            return z;
        }

        @Override
        public List<String> conditions(Script s, String z, String labels) {
            String condition = conditionWidth == 0
                    ? labels
                    : s.let("torch.type_as(torch.one_hot(%s, %d), %s)", labels, conditionWidth, z);
            return Collections.nCopies(stages, condition);
        }
    }
}
