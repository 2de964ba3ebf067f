package duello.method;

import org.bytedeco.pytorch.Tensor;

/**
 * One micro batch of training images on the device.
 *
 * @param images {@code [B, 3, H, W]} in [-1, 1]
 * @param labels int64 {@code [B]}
 * @param ids int64 {@code [B]}: which image of the dataset
 */
public record Batch(Tensor images, Tensor labels, Tensor ids) {}
