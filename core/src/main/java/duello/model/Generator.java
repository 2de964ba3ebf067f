package duello.model;

import duello.catalog.Failure;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Script;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Makes images from latents. */
public interface Generator extends Layer {
    /** The latents that it reads. */
    LatentSpace space();

    /** The mapping network of style generators; others hand z through. */
    default Code map(Latent latent, Forward f) {
        return new Code(latent.z(), latent.labels());
    }

    /**
     * The middle of what latents are mapped to, the mean of w over the passes so far, {@code [d]}: what {@link Code#w} may
     * be drawn towards. Null for networks that map nothing.
     */
    default @Nullable Tensor center() {
        return null;
    }

    /** Images {@code [B, 3, H, W]} in [-1, 1]; calls {@code f.tap()} after each named layer. */
    Tensor draw(Code code, Forward f);

    /** The names of the maps that a tap sees, in order; empty where a family names none. */
    default List<String> layers() {
        return List.of();
    }

    /**
     * One named map, {@code [B, C, h, w]}, on the way to an image; what comes after it is not looked at, and families
     * that can do not compute it.
     */
    default Tensor map(String layer, Code code, Forward f) {
        Maps maps = new Maps(f.tap());
        draw(code, f.with(maps));
        return Maps.named(layer, maps.seen());
    }

    /**
     * {@link #images} in evaluation, written down as a script.
     *
     * @param z the variable of the latents
     * @param labels the variable of the labels
     * @return the variable of the images
     * @throws Failure if this family does not say how
     */
    default String script(Script s, String z, String labels) {
        throw new Failure("networks of this type cannot be written as TorchScript yet; export safetensors instead");
    }

    /** {@code draw(map(latent))}. */
    default Tensor images(Latent latent, Forward f) {
        return draw(map(latent, f), f);
    }
}
