package duello.method.adapt;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The contrastive losses of DCL: {@code mean_i -log f(a_i, p_i) / (f(a_i, p_i) + sum_j f(a_i, n_ij))} with {@code f(a, b) =
 * exp(cos(a, b) / temperature)}.
 *
 * @param positive whether {@code f(a_i, p_i)} stands in the denominator: the loss is then at least 0 and bounds mutual
 *     information; without it there is no lower bound
 */
record Contrast(double temperature, boolean positive) {
    /**
     * CL1. The anchor is the target's map i, the positive the source's map of the same latent, the negatives the source's
     * maps of the other latents.
     *
     * @param target {@code [N, C, H, W]}, N at least 2
     * @param source {@code [N, C, H, W]}, without gradient
     */
    Tensor generators(Tensor target, Tensor source) {
        Tensor logits = over(Cosines.matrix(target, source));
        return loss(Cosines.diagonal(logits), Cosines.offDiagonal(logits));
    }

    /**
     * CL2. The anchor is the discriminator's map of the target's image i, the positive that of the source's image of the
     * same latent, the negatives those of all real images.
     *
     * @param target {@code [N, C, H, W]}
     * @param source {@code [N, C, H, W]}
     * @param real {@code [M, C, H, W]}
     */
    Tensor discriminators(Tensor target, Tensor source, Tensor real) {
        return loss(over(Cosines.pairs(target, source)), over(Cosines.matrix(target, real)));
    }

    private Tensor over(Tensor cosines) {
        return Ops.mul(cosines, 1 / temperature);
    }

    /** Of logits {@code [N]} of the positives and {@code [N, M]} of the negatives: a scalar. */
    private Tensor loss(Tensor positives, Tensor negatives) {
        Tensor all = positive ? Ops.cat(1, positives.unsqueeze(1), negatives) : negatives;
        return torch.logsumexp(all, new long[] {1}, false).sub(positives).mean();
    }
}
