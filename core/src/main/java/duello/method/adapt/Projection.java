package duello.method.adapt;

import duello.torch.Ops;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** RSSA's latent compression of code vectors towards the span of given ones. */
final class Projection {
    private static final double EPS = 1e-8;

    private Projection() {}

    /**
     * {@code (1 - blend) w + blend |w| p / |p|}, with p the point of the span nearest to w.
     *
     * @param w {@code [B, d]}
     * @param basis vectors, {@code [k, d]}
     */
    static Tensor compressed(Tensor w, Tensor basis, double blend) {
        // The pseudo-inverse is of use where there are more vectors than directions, or two are alike.
        Tensor onto = torch.linalg_pinv(basis).mm(basis);
        Tensor p = w.mm(onto);
        Tensor scaled = Ops.unit(p, EPS).mul(norm(w));
        return Ops.mul(w, 1 - blend).add(Ops.mul(scaled, blend));
    }

    private static Tensor norm(Tensor x) {
        return torch.linalg_vector_norm(x, new Scalar(2.0), new long[] {-1}, true, new ScalarTypeOptional());
    }
}
