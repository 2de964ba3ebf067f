package duello.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What synthesis reads: the mapped latent of style networks, else z itself.
 *
 * @param w {@code [B, n, d]} for style networks, {@code [B, d]} else
 * @param labels int64 {@code [B]}
 */
public record Code(Tensor w, Tensor labels) {}
