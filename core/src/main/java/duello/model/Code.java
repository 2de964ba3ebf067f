package duello.model;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * What synthesis reads: the mapped latent of style networks, else z itself.
 *
 * @param w {@code [B, n, d]} for style networks, {@code [B, d]} else
 * @param labels int64 {@code [B]}
 */
public record Code(Tensor w, Tensor labels) {
    /**
     * The truncation trick of style networks: the w of the first {@code layers} layers become {@code center + psi (w -
     * center)}.
     *
     * @param center {@code [d]}
     */
    public Code truncated(Tensor center, double psi, long layers) {
        long all = w.size(1);
        Tensor near = center.lerp(Ops.slice(w, 1, 0, layers), Ops.scalar(psi));
        return new Code(layers >= all ? near : Ops.cat(1, near, Ops.slice(w, 1, layers, all)), labels);
    }
}
