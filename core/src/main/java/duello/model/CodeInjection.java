package duello.model;

import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    Split<Tensor> split(Tensor w, Forward f) {
        if (map == null) {
            return new Split<>(w, null, CodeInjection::joined);
        }
        if (conditionWidth == 0) {
            return new Split<>(map.apply(w, f), null, CodeInjection::joined);
        }
        Tensor codes = Ops.slice(w, 1, space.width(), space.size());
        return new Split<>(Ops.slice(w, 1, 0, space.width()), map.apply(codes, f), CodeInjection::joined);
    }

    private static Tensor joined(List<Tensor> parts) {
        return Ops.cat(1, parts.toArray(Tensor[]::new));
    }

    /** {@link #split} in a script. */
    Split<String> script(Script s, String w) {
        Function<List<String>, String> joining = parts -> s.let("torch.cat([%s], 1)", String.join(", ", parts));
        if (map == null) {
            return new Split<>(w, null, joining);
        }
        if (conditionWidth == 0) {
            return new Split<>(map.script(s, w), null, joining);
        }
        String codes = s.let("torch.narrow(%s, 1, %d, %d)", w, space.width(), space.size() - space.width());
        String z = s.let("torch.narrow(%s, 1, 0, %d)", w, space.width());
        return new Split<>(z, map.script(s, codes), joining);
    }

    /**
     * The parts.
     *
     * @param <T> a tensor, or a script's variable
     * @param z the latent, {@code [B, width]}
     * @param codes the codes' part of conditions, {@code [B, conditionWidth]}, or null
     * @param joining puts parts of a condition side by side
     */
    record Split<T>(T z, @Nullable T codes, Function<List<T>, T> joining) {
        /**
         * A condition: the codes' part, then the others. With no part at all it is the latent, which stands for nothing:
         * norms are plain then and do not look at it.
         */
        T condition(List<T> others) {
            List<T> parts = new ArrayList<>();
            if (codes != null) {
                parts.add(codes);
            }
            parts.addAll(others);
            return switch (parts.size()) {
                case 0 -> z;
                case 1 -> parts.get(0);
                default -> joining.apply(parts);
            };
        }
    }
}
