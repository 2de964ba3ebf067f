package duello.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * Spectral normalisation (Miyato et al., <i>Spectral Normalization for Generative Adversarial Networks</i>, ICLR 2018) as
 * the reference stores and iterates it: parameter {@code weight_orig}, buffers {@code weight_u} and {@code weight_v}.
 *
 * <p>With M the weight as a matrix (axis 0 times the rest; axis 1 first for transposed convolutions), one iteration
 * before use is {@code v = n(M' u), u = n(M v)} with {@code n(t) = t / max(|t|, eps)}; then {@code sigma = u' M v}, whose
 * gradient flows through M alone, and the value is {@code weight_orig / sigma}. Two passes of one step iterate twice, and
 * each pass's gradient uses its own u and v.
 */
final class SpectralNorm implements Weight {
    private final Tensor original;
    private final Tensor u;
    private final Tensor v;
    private final boolean transposed;
    private final double eps;

    private SpectralNorm(Tensor original, Tensor u, Tensor v, boolean transposed, double eps) {
        this.original = original;
        this.u = u;
        this.v = v;
        this.transposed = transposed;
        this.eps = eps;
    }

    /** Registers the three tensors; u and v start as random unit vectors, without an iteration. */
    static SpectralNorm in(Module module, Tensor fresh, boolean transposed, Layers layers) {
        Init init = layers.init();
        int axis = transposed ? 1 : 0;
        long rows = fresh.size(axis);
        Tensor original = module.parameter("weight_orig", fresh, axis);
        Tensor u = module.buffer("weight_u", init.unitVector(rows));
        Tensor v = module.buffer("weight_v", init.unitVector(fresh.numel() / rows));
        return new SpectralNorm(original, u, v, transposed, layers.eps().spectralNorm());
    }

    @Override
    public Tensor value(Forward f) {
        Tensor m = (transposed ? original.transpose(0, 1) : original).flatten(1, -1);
        Tensor right = Scope.noGrad(() -> f.powerStep() ? normalised(m.t().mv(u)) : Ops.cloneOf(v));
        // Serves the iteration and sigma both; the weight is read as seldom as can be.
        Tensor product = m.mv(right);
        Tensor left = Scope.noGrad(() -> f.powerStep() ? normalised(product.detach()) : Ops.cloneOf(u));
        if (f.powerStep()) {
            store(left, right);
        }
        return original.div(left.dot(product));
    }

    @Override
    public Tensor registered() {
        return original;
    }

    /** Copies: the stored vectors change in place at the next pass, which would break the graph of this one. */
    private void store(Tensor left, Tensor right) {
        Scope.withoutGrad(() -> {
            u.copy_(left);
            v.copy_(right);
        });
    }

    private Tensor normalised(Tensor t) {
        return t.div(t.norm().clamp_min(Ops.scalar(eps)));
    }
}
