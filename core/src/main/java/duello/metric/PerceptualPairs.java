package duello.metric;

import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** All distances of two sets of images from their {@link PerceptualDistance#vectors}, by one product of matrices. */
final class PerceptualPairs {
    /** Vectors are long and few; that many of their entries are widened to float64 at a time. */
    private static final long COLUMNS = 1 << 13;

    private PerceptualPairs() {}

    /**
     * {@code |x_i - y_j|^2}, {@code [n, m]} float64, at least 0. In float64, because {@code |x|^2 + |y|^2 - 2 x y} cancels
     * where images are much alike.
     */
    static Tensor of(Tensor x, Tensor y) {
        long columns = x.size(1);
        if (columns != y.size(1)) {
            throw new IllegalArgumentException("images of two sizes have no perceptual distance");
        }
        Tensor total = doubles(Ops.zeros(x.device(), x.size(0), y.size(0)));
        for (long from = 0; from < columns; from += COLUMNS) {
            try (Scope scope = Scope.open()) {
                long to = Math.min(columns, from + COLUMNS);
                Tensor a = doubles(Ops.slice(x, 1, from, to));
                Tensor b = doubles(Ops.slice(y, 1, from, to));
                total.add_(Ops.sum(a.square(), true, 1).add(Ops.sum(b.square(), false, 1)));
                total.addmm_(a, b.t(), Ops.scalar(1), Ops.scalar(-2));
            }
        }
        return total.clamp_min_(Ops.scalar(0));
    }

    private static Tensor doubles(Tensor t) {
        return t.to(ScalarType.Double);
    }
}
