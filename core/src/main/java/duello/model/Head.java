package duello.model;

import duello.torch.Forward;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Reads something off a discriminator's features: parameters and a pure function. */
public interface Head {
    /**
     * The head's output.
     *
     * @param features of the images
     * @param labels int64 {@code [B]}
     */
    Tensor read(Features features, Tensor labels, Forward f);

    /** The trunk's named map that it reads, if it reads nothing behind it; null for any other. */
    default @Nullable String layer() {
        return null;
    }

    /** Whether consistency regularisers compare this head's output between two views of an image. */
    default boolean compared() {
        return false;
    }

    /** One number of realness per image, {@code [B]}, from a logit head's output; its mean over other axes. */
    default Tensor score(Tensor output) {
        return Ops.meanPerSample(output);
    }
}
