package duello.model;

import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Where a generator takes the codes off its latent. Without codes it has no parameters and changes nothing. */
final class CodeInjection {
    private final LatentSpace space;
    private final @Nullable Linear map;
    private final long conditionWidth;

    /**
     * Registers the codes' linear map in {@code generator}, if there are codes.
     *
     * @param projected width of the codes' part of a condition
     */
    CodeInjection(Module generator, Layers layers, LatentSpace space, long projected) {
        this.space = space;
        Codes codes = space.codes();
        if (codes == null) {
            map = null;
            conditionWidth = 0;
        } else if (codes.injection() == Codes.Injection.CONCAT) {
            map = generator.child("info_mix_linear", layers.linear(space.size(), space.width(), true));
            conditionWidth = 0;
        } else {
            map = generator.child("info_proj_linear", layers.linear(codes.width(), projected, true));
            conditionWidth = projected;
        }
    }

    /** Width of the codes' part of a condition; 0 if there is none. */
    long conditionWidth() {
        return conditionWidth;
    }

    /** Takes apart what was drawn, {@code [B, size]}. */
    Split split(Tensor w, Forward f) {
        if (map == null) {
            return new Split(w, null);
        }
        if (conditionWidth == 0) {
            return new Split(map.apply(w, f), null);
        }
        Tensor codes = Ops.slice(w, 1, space.width(), space.size());
        return new Split(Ops.slice(w, 1, 0, space.width()), map.apply(codes, f));
    }

    /**
     * The parts.
     *
     * @param z the latent, {@code [B, width]}
     * @param condition the codes' part of conditions, {@code [B, conditionWidth]}, or null
     */
    record Split(Tensor z, @Nullable Tensor condition) {
        /**
         * A condition: the codes' part, then the others. With no part at all it is the latent, which stands for nothing:
         * norms are plain then and do not look at it.
         */
        Tensor condition(List<Tensor> others) {
            List<Tensor> parts = new ArrayList<>();
            if (condition != null) {
                parts.add(condition);
            }
            parts.addAll(others);
            return switch (parts.size()) {
                case 0 -> z;
                case 1 -> parts.get(0);
                default -> Ops.cat(1, parts.toArray(Tensor[]::new));
            };
        }
    }
}
