package duello.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What a generator starts from.
 *
 * @param z drawn from the prior, {@code [B, d]}
 * @param labels int64 {@code [B]}
 */
public record Latent(Tensor z, Tensor labels) {}
