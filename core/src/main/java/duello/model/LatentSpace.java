package duello.model;

import org.jspecify.annotations.Nullable;

/**
 * What a generator reads.
 *
 * @param width of the latent proper
 * @param prior what it is drawn from
 * @param codes what follows it, or null
 */
record LatentSpace(int width, Prior prior, @Nullable Codes codes) {
    /** The width of latent and codes. */
    int size() {
        return width + (codes == null ? 0 : codes.width());
    }
}
