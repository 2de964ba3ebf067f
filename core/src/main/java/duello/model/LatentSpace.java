package duello.model;

import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The latents that a generator reads.
 *
 * @param width of the latent proper
 * @param prior what it is drawn from
 * @param codes what every latent ends with, or null if there are none
 */
public record LatentSpace(int width, Prior prior, @Nullable Codes codes) {
    /** Width d of latent and codes together. */
    public int size() {
        return width + (codes == null ? 0 : codes.width());
    }

    /** {@code count} fresh latents, {@code [count, d]}, codes included. */
    public Tensor draw(Draws draws, long count) {
        Tensor z = prior.draw(draws, count, width);
        return codes == null ? z : Ops.cat(1, z, codes.draw(draws, count));
    }
}
