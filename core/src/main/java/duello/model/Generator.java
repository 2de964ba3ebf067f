package duello.model;

import duello.catalog.Failure;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Ops;
import duello.torch.Script;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Makes images from latents. */
public interface Generator extends Layer {
    /** Width d of the latent, the codes at its end included. */
    int latentSize();

    /** What latents, apart from the codes, are drawn from. */
    Prior prior();

    /** The codes that every latent ends with, or null if there are none. */
    default @Nullable Codes codes() {
        return null;
    }

    /** {@code count} fresh latents, {@code [count, d]}, codes included. */
    default Tensor latents(Draws draws, long count) {
        Codes codes = codes();
        if (codes == null) {
            return prior().draw(draws, count, latentSize());
        }
        return Ops.cat(1, prior().draw(draws, count, latentSize() - codes.width()), codes.draw(draws, count));
    }

    /** The mapping network of style generators; others hand z through. */
    default Code map(Latent latent, Forward f) {
        return new Code(latent.z(), latent.labels());
    }

    /** Images {@code [B, 3, H, W]} in [-1, 1]; calls {@code f.tap()} after each named layer. */
    Tensor draw(Code code, Forward f);

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
