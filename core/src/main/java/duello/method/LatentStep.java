package duello.method;

import duello.model.Codes;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Ops;
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

    /** {@link #refine} of a latent for {@code generator}: its codes stay as they are and the step does not see them. */
    default Latent refine(Generator generator, Critic critic, Latent latent, Draws draws) {
        Codes codes = generator.space().codes();
        if (codes == null) {
            return refine(critic, latent, draws);
        }
        long width = latent.z().size(1);
        Tensor kept = Ops.slice(latent.z(), 1, width - codes.width(), width);
        Tensor proper = Ops.slice(latent.z(), 1, 0, width - codes.width());
        Critic whole = at -> critic.score(at.moved(Ops.cat(1, at.z(), kept)));
        Latent refined = refine(whole, latent.moved(proper), draws);
        return refined.moved(Ops.cat(1, refined.z(), kept));
    }

    /** {@link #refine} in a step of training. */
    default Latent refine(Step s, Critic critic, Latent latent, Draws draws) {
        return refine(s.table().generator(), critic, latent, draws);
    }

    /**
     * When it takes part. An entry of a recipe that takes part in sampling is a latent step itself, not only what it
     * builds: so it shows, before anything is built, that drawing from a checkpoint needs the discriminator.
     */
    Set<Use> uses();
}
