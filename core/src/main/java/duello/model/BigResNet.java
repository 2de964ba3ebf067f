package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.model.ResidualStages.Stage;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Linear;
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
        boolean conditional,

        @Doc("InfoGAN's codes at the latent's end; none if left out") @Nullable
        Codes codes)
        implements Backbone {

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        List<Stage> stages = ResidualStages.generator(domain.resolution(), generator.width());
        int chunks = stages.size() + 1;
        if (latent % chunks != 0) {
            throw new IllegalArgumentException("latent " + latent + " cannot be cut into the " + chunks
                    + " equal chunks that " + domain.resolution() + " px need; try " + (latent / chunks + 1) * chunks);
        }
        int classes = conditional ? domain.classes() : 0;
        LatentSpace space = new LatentSpace(latent, prior, codes);
        Entrance.Maker entrance = (module, layers, features) -> {
            CodeInjection injection = new CodeInjection(module, layers, space, shared);
            Linear linear = module.child("linear0", layers.linear(latent / chunks, features, true));
            SharedLabel label = new SharedLabel(module, layers, classes, shared);
            return new Chunks(injection, linear, label, latent / chunks, chunks);
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

    private record Chunks(CodeInjection codes, Linear linear, SharedLabel label, long chunk, int chunks)
            implements Entrance {
        @Override
        public long conditionWidth() {
            return codes.conditionWidth() + label.width() + chunk;
        }

        @Override
        public Entered<Tensor> enter(Code code, Forward f) {
            CodeInjection.Split<Tensor> split = codes.split(code.w(), f);
            List<Tensor> embedded = label.of(code.labels(), f);
            List<Tensor> conditions = new ArrayList<>();
            for (int i = 1; i < chunks; i++) {
                List<Tensor> parts = new ArrayList<>(embedded);
                parts.add(Ops.slice(split.z(), 1, i * chunk, (i + 1) * chunk));
                conditions.add(split.condition(parts));
            }
            return new Entered<>(linear.apply(Ops.slice(split.z(), 1, 0, chunk), f), conditions);
        }

        @Override
        public Entered<String> script(Script s, String z, String labels) {
            CodeInjection.Split<String> split = codes.script(s, z);
            List<String> embedded = label.script(s, labels);
            List<String> conditions = new ArrayList<>();
            for (int i = 1; i < chunks; i++) {
                List<String> parts = new ArrayList<>(embedded);
                parts.add(s.let("torch.narrow(%s, 1, %d, %d)", split.z(), i * chunk, chunk));
                conditions.add(split.condition(parts));
            }
            String first = s.let("torch.narrow(%s, 1, 0, %d)", split.z(), chunk);
            return new Entered<>(linear.script(s, first), conditions);
        }
    }
}
