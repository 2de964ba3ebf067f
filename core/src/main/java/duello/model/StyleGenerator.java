package duello.model;

import duello.torch.Equalised;
import duello.torch.Forward;
import duello.torch.Module;
import duello.torch.Script;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** StyleGAN2's generator: mapping and synthesis. Images are not squashed; they lie around [-1, 1]. */
final class StyleGenerator implements Generator {
    private static final String PREFIX = "synthesis.";

    private final Module module = new Module();
    private final LatentSpace space;
    private final Synthesis synthesis;
    private final MappingNetwork mapping;

    StyleGenerator(Equalised layers, LatentSpace space, MappingNetwork.Shape map, Synthesis.Shape shape) {
        this.space = space;
        this.synthesis = module.child("synthesis", new Synthesis(layers, shape, PREFIX));
        this.mapping = module.child("mapping", new MappingNetwork(layers, map));
    }

    @Override
    public LatentSpace space() {
        return space;
    }

    @Override
    public Tensor center() {
        Tensor average = mapping.average();
        if (average == null) {
            throw new IllegalStateException("a generator maps latents");
        }
        return average;
    }

    /** The same w for every layer, {@code [B, n, d]}, a view. */
    @Override
    public Code map(Latent latent, Forward f) {
        Tensor w = mapping.apply(latent.z(), latent.labels(), f);
        long[] shape = {w.size(0), synthesis.styles(), w.size(1)};
        return new Code(w.unsqueeze(1).expand(shape), latent.labels());
    }

    @Override
    public List<String> layers() {
        return synthesis.layers();
    }

    @Override
    public Tensor draw(Code code, Forward f) {
        return synthesis.image(code.w(), f);
    }

    @Override
    public Tensor map(String layer, Code code, Forward f) {
        return synthesis.map(layer, code.w(), f);
    }

    /** The noise is the stored one. */
    @Override
    public String script(Script s, String z, String labels) {
        return synthesis.script(s, mapping.script(s, z, labels));
    }

    @Override
    public Module module() {
        return module;
    }
}
