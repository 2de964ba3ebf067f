package duello.method;

import org.bytedeco.pytorch.Tensor;

/**
 * What the logit head says of a batch.
 *
 * @param logit {@code [B]}, or with further axes (a patch map, one score per class)
 * @param labels int64 {@code [B]}
 */
public record Scored(Tensor logit, Tensor labels) {}
