package duello.metric;

import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The Fréchet distance of two Gaussians fitted to features (Heusel et al., <i>GANs Trained by a Two Time-Scale Update
 * Rule</i>, NeurIPS 2017; Dowson and Landau, 1982); over Inception features the FID:
 *
 * <pre>
 *   |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2)
 * </pre>
 *
 * <p>With {@code S = R'R} the last trace is the nuclear norm of {@code R1 R2'}: no square root of a general matrix, no
 * complex numbers and nothing added to diagonals, so rank-deficient covariances give the exact value. The published
 * implementations are off by up to 1e-4 there.
 */
public final class Frechet {
    private Frechet() {}

    /** The distance, at least 0. */
    public static double distance(Gaussian a, Gaussian b) {
        try (Scope scope = Scope.open()) {
            double means = a.mean().sub(b.mean()).square().sum().item_double();
            return Math.max(0, means + a.trace() + b.trace() - 2 * traceOfRoot(a, b));
        }
    }

    /** The distance of two feature matrices {@code [n, d]}, {@code [m, d]}. */
    public static double distance(Tensor x, Tensor y) {
        Blocks.check("fid", x, y, 2);
        return distance(Gaussian.ofRows(x), Gaussian.ofRows(y));
    }

    /** {@code tr (S1 S2)^(1/2)}. */
    static double traceOfRoot(Gaussian a, Gaussian b) {
        try (Scope scope = Scope.open()) {
            Tensor product = torch.mm(a.root(), b.root().t());
            return Ops.sum(torch.linalg_svdvals(product), false, 0).item_double();
        }
    }
}
