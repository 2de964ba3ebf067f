package duello.method;

import duello.torch.Draws;
import org.bytedeco.pytorch.Tensor;

/** A differentiable transform that images pass before the discriminator sees them, reals and fakes alike. */
public interface Augment extends Method {
    /** {@code [B, 3, H, W] -> [B, 3, H, W]}, both in [-1, 1] or near; the gradient flows back to {@code x}. */
    Tensor apply(Tensor x, Draws draws);
}
