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

    /**
     * The latent to go on with, of the same shape. At sampling gradients are recorded, and every draw has a row for each
     * latent, its first axis, which is a function of that latent's image alone.
     */
    Latent refine(Critic critic, Latent latent, Draws draws);

    /**
     * When it takes part. An entry of a recipe that takes part in sampling is a latent step itself, not only what it
     * builds: so it shows, before anything is built, that drawing from a checkpoint needs the discriminator.
     */
    Set<Use> uses();
}
