package duello.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What a discriminator's trunk makes of images.
 *
 * @param pooled {@code [B, F]}, summed over positions in the residual families
 * @param positions how many positions were summed; divide by it for the mean
 * @param map the last map before pooling, {@code [B, F, h, w]}
 */
public record Features(Tensor pooled, long positions, Tensor map) {}
