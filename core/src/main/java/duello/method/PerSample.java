package duello.method;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An adversarial loss before its reduction: {@code [B]}, or with further axes, for real and for generated images; a side
 * that the player's loss does not have is null.
 */
public record PerSample(@Nullable Tensor real, @Nullable Tensor fake) {
    /** The sum over the sides of the mean over samples. */
    public Tensor mean() {
        if (real != null && fake != null) {
            return Ops.meanPerSample(real).mean().add(Ops.meanPerSample(fake).mean());
        }
        Tensor side = real != null ? real : fake;
        if (side == null) {
            throw new IllegalStateException("an adversarial loss without a side");
        }
        return Ops.meanPerSample(side).mean();
    }
}
