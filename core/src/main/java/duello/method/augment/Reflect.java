package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Positions outside an axis, mirrored back into it; the edge is not repeated. */
final class Reflect {
    private Reflect() {}

    /**
     * {@code -1 -> 1, size -> size - 2}, and on and on: whatever lies farther out is mirrored again, so that an axis of
     * any size can be extended by any width.
     *
     * @param positions int64, any
     * @return int64 of the same shape, in {@code [0, size)}
     */
    static Tensor into(Tensor positions, long size) {
        long last = size - 1;
        Tensor inPeriod = positions.remainder(new Scalar(Math.max(1, 2 * last)));
        return Ops.add(Ops.add(inPeriod, -last).abs().neg(), last);
    }
}
