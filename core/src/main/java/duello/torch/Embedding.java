package duello.torch;

import org.bytedeco.pytorch.Tensor;

/** A vector for each label: {@code [B] int64 -> [B, width]}. */
public interface Embedding extends Layer {
    Tensor apply(Tensor labels, Forward f);
}
