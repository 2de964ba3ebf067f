package duello.model;

import duello.torch.Forward;
import duello.torch.Layer;
import org.bytedeco.pytorch.Tensor;

/** Makes images from latents. */
public interface Generator extends Layer {
    /** Width d of the latent. */
    int latentSize();

    /** What latents are drawn from. */
    Prior prior();

    /** The mapping network of style generators; others hand z through. */
    default Code map(Latent latent, Forward f) {
        return new Code(latent.z(), latent.labels());
    }

    /** Images {@code [B, 3, H, W]} in [-1, 1]; calls {@code f.tap()} after each named layer. */
    Tensor draw(Code code, Forward f);

    /** {@code draw(map(latent))}. */
    default Tensor images(Latent latent, Forward f) {
        return draw(map(latent, f), f);
    }
}
