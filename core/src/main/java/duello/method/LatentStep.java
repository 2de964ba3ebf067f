package duello.method;

import duello.model.Latent;
import duello.torch.Draws;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** Moves latents before the generator reads them. Several are a chain, in the recipe's order. */
public interface LatentStep extends Method {
    /** When latents pass it. */
    enum Use {
        /** The main fakes of both players' turns. */
        TRAINING,
        /** Samples and scores. */
        SAMPLING
    }

    /** How real the discriminator finds what the generator makes of a latent, {@code [B]}; differentiable. */
    @FunctionalInterface
    interface Critic {
        Tensor score(Latent latent);
    }

    /** The latent to go on with, of the same shape. */
    Latent refine(Critic critic, Latent latent, Draws draws);

    /** When it takes part. */
    Set<Use> uses();
}
