package duello.metric;

import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Equation 1 of LPIPS (Zhang et al., 2018) as vectors: maps {@code f_l} are scaled to length 1 over their channels at
 * every position, and {@code d(x, y) = sum_l 1/(H_l W_l) sum_hw |sqrt(w_l) * (f_l(x) - f_l(y))|^2}.
 */
final class UnitMaps {
    /** Added to the length, outside the root, as the published code has it. */
    private static final double EPS = 1e-10;

    private UnitMaps() {}

    /**
     * Vectors {@code [B, sum_l C_l H_l W_l]} whose squared distance is that of the images.
     *
     * @param maps {@code [B, C_l, H_l, W_l]}
     * @param weights for each map {@code w_l}, not negative, broadcast to {@code [1, C_l, 1, 1]}
     */
    static Tensor vectors(List<Tensor> maps, List<Tensor> weights) {
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            Tensor map = maps.get(i);
            Tensor scale =
                    weights.get(i).div(Ops.scalar(map.size(2) * map.size(3))).sqrt();
            parts.add(unit(map).mul_(scale).flatten(1, -1));
        }
        return Ops.cat(1, parts.toArray(Tensor[]::new));
    }

    /** {@code f / (|f| + 1e-10)}, the length over the channels at every position. */
    private static Tensor unit(Tensor map) {
        return map.div(Ops.add(Ops.sum(Ops.square(map), true, 1).sqrt(), EPS));
    }
}
