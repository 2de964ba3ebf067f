package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Embedding;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * BigGAN's residual networks, with which ContraGAN and ReACGAN compare methods. The latent is cut into one chunk for the
 * first linear map and one for each stage; a stage's condition is the class embedding, shared by all stages, and its chunk.
 */
@Doc("BigGAN's residual networks (BigGAN, ContraGAN, ReACGAN); 16 to 1024 px")
@Paper("Brock et al., Large Scale GAN Training for High Fidelity Natural Image Synthesis, ICLR 2019, arXiv 1809.11096")
public record BigResNet(
        @Doc("The generator's parts") @Default("{}") NetworkSettings generator,
        @Doc("The discriminator's parts") @Default("{}") NetworkSettings discriminator,

        @Doc("Width of the latent; a multiple of the number of stages plus 1 (4 at 32 px, 5 at 64 px, ...)")
        @Default("80")
        @Range(min = 1, max = 65536)
        int latent,

        @Doc("Width of the class embedding that all stages share") @Default("128") @Range(min = 1, max = 65536)
        int shared,

        @Doc("What latents are drawn from: gaussian or uniform") @Default("gaussian")
        Prior prior,

        @Doc("Whether the class enters the generator") @Default("true")
        boolean conditional)
        implements Backbone {

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        int chunks = ResidualStages.generator(domain.resolution(), 1).size() + 1;
        if (latent % chunks != 0) {
            throw new IllegalArgumentException("latent " + latent + " cannot be cut into the " + chunks
                    + " equal chunks that " + domain.resolution() + " px need; try " + (latent / chunks + 1) * chunks);
        }
        Chunks entrance = new Chunks(latent, latent / chunks, conditional ? domain.classes() : 0, shared);
        Layers layers = generator.layers(seed, device);
        return new ResidualGenerator(generator, domain.resolution(), layers, latent, prior, entrance);
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        return new ResidualDiscriminator(discriminator, domain.resolution(), discriminator.layers(seed, device));
    }

    private static final class Chunks implements ResidualGenerator.Entrance {
        private final long latent;
        private final long chunk;
        private final int classes;
        private final long sharedWidth;
        private @Nullable Embedding shared;

        Chunks(long latent, long chunk, int classes, long sharedWidth) {
            this.latent = latent;
            this.chunk = chunk;
            this.classes = classes;
            this.sharedWidth = sharedWidth;
        }

        @Override
        public long firstWidth() {
            return chunk;
        }

        @Override
        public long conditionWidth() {
            return chunk + (classes == 0 ? 0 : sharedWidth);
        }

        /** The shared embedding is never spectrally normalised. */
        @Override
        public void build(Module generator, Layers layers) {
            if (classes > 0) {
                shared = generator.child("shared", layers.plain().embedding(classes, sharedWidth));
            }
        }

        @Override
        public Tensor first(Code code) {
            return Ops.slice(code.w(), 1, 0, chunk);
        }

        @Override
        public List<Tensor> conditions(Code code, Forward f) {
            Tensor label = shared == null ? null : shared.apply(code.labels(), f);
            List<Tensor> conditions = new ArrayList<>();
            for (long from = chunk; from < code.w().size(1); from += chunk) {
                Tensor part = Ops.slice(code.w(), 1, from, from + chunk);
                conditions.add(label == null ? part : Ops.cat(1, label, part));
            }
            return conditions;
        }

        @Override
        public String first(Script s, String z) {
            return s.let("torch.narrow(%s, 1, 0, %d)", z, chunk);
        }

        @Override
        public List<String> conditions(Script s, String z, String labels) {
            String label = shared == null ? "" : shared.script(s, labels);
            List<String> conditions = new ArrayList<>();
            for (long from = chunk; from < latent; from += chunk) {
                String part = s.let("torch.narrow(%s, 1, %d, %d)", z, from, chunk);
                conditions.add(shared == null ? part : s.let("torch.cat([%s, %s], 1)", label, part));
            }
            return conditions;
        }
    }
}
