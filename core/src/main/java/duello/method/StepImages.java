package duello.method;

import duello.model.Latent;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What the images of one step were, for another on the same ones; null for what it did not ask for.
 *
 * @param fake before preparation and augmentation, without gradient
 */
public record StepImages(
        @Nullable Batch real,
        @Nullable Latent latent,
        @Nullable Tensor fake) {
    /** No images. */
    public static final StepImages NONE = new StepImages(null, null, null);

    /** The same without gradient, living until {@code scope} closes. */
    public StepImages attachedTo(Scope scope) {
        return new StepImages(
                real == null
                        ? null
                        : new Batch(
                                scope.attach(real.images().detach()),
                                scope.attach(real.labels()),
                                scope.attach(real.ids())),
                latent == null ? null : new Latent(scope.attach(latent.z().detach()), scope.attach(latent.labels())),
                fake == null ? null : scope.attach(fake));
    }
}
