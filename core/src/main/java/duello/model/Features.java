package duello.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What a discriminator's trunk makes of images.
 *
 * @param pooled {@code [B, F]}: summed over positions, their mean, or all positions side by side, as the family does
 * @param positions how many positions were summed; divide by it for the mean
 * @param map the last map before pooling, {@code [B, C, h, w]}
 */
public record Features(Tensor pooled, long positions, Tensor map) {}
