package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Plane affine maps of homogeneous coordinates {@code (x, y, 1)}, one a sample: {@code [B, 3, 3]}. All parameters are
 * {@code [B]}.
 */
final class Affine {
    private Affine() {}

    static Tensor translation(Tensor x, Tensor y) {
        Tensor one = torch.ones_like(x);
        Tensor zero = torch.zeros_like(x);
        return rows(one, zero, x, zero, one, y);
    }

    static Tensor scaling(Tensor x, Tensor y) {
        Tensor zero = torch.zeros_like(x);
        return rows(x, zero, zero, zero, y, zero);
    }

    /** Counter-clockwise where y points up; angle in radians. */
    static Tensor rotation(Tensor angle) {
        Tensor cos = angle.cos();
        Tensor sin = angle.sin();
        Tensor zero = torch.zeros_like(angle);
        return rows(cos, sin.neg(), zero, sin, cos, zero);
    }

    /** The first two rows, entry by entry; the third is 0 0 1. */
    private static Tensor rows(Tensor... entries) {
        Tensor upper = torch.stack(new TensorVector(entries), 1).view(-1, 2, 3);
        Tensor last = Ops.tensor(new float[] {0, 0, 1}, 1, 1, 3).to(upper.device(), ScalarType.Float);
        return Ops.cat(1, upper, last.expand(upper.size(0), 1, 3));
    }
}
