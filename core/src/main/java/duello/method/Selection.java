package duello.method;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Chooses which fakes count in the generator's adversarial loss; other terms see all of them. */
public interface Selection extends Method {
    /** Indices, int64, into {@code scores}, {@code [B]}; null for all. */
    @Nullable
    Tensor keep(Tensor scores);
}
