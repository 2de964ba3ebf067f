package duello.method;

import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Draws;

/**
 * Changes what latents are mapped to before synthesis reads it, in training: of the main fakes of both players' turns and
 * of what terms map by {@link Step#code(Latent, String)}. Several are a chain, in the recipe's order.
 */
public interface CodeStep extends Method {
    /**
     * The code to go on with, of the same shape.
     *
     * @param generator to map other latents with; such passes leave no trace
     * @param latent what {@code code} was mapped from
     */
    Code refine(Generator generator, Latent latent, Code code, Draws draws);

    /** {@link #refine} in a step of training. */
    default Code refine(Step s, Latent latent, Code code, Draws draws) {
        return refine(s.table().generator(), latent, code, draws);
    }
}
