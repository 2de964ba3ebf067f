package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Loss;
import duello.method.Step;
import duello.method.Term;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * The R1 gradient penalty, equation 9 of the paper: {@code mean_i |d score(x_i) / d x_i|^2 / 2}, with x the real images
 * before augmentation. The half is included, so the weight is the paper's gamma. The gradient is taken of the main
 * view's score, so it costs no further pass.
 */
@Doc("R1: squared gradient of the score at real images")
@Paper("Mescheder et al., Which Training Methods for GANs do actually Converge?, ICML 2018, arXiv 1801.04406")
public record R1(
        @Doc("Weight gamma") @Default("1") @Range(min = 0) double weight) implements Term {
    @Override
    public void prepare(Step s) {
        s.real().requires_grad_(true);
    }

    @Override
    public void discriminator(Step s, Loss loss) {
        loss.add("r1", weight, penalty(s.onReal().score(), s.real()));
    }

    /** The penalty of {@code scores}, {@code [B]}, computed from {@code images}, {@code [B, ...]}: a scalar. */
    public static Tensor penalty(Tensor scores, Tensor images) {
        Tensor gradient = Ops.grad(scores, images, true);
        return Ops.mul(Ops.sumPerSample(Ops.square(gradient)).mean(), 0.5);
    }
}
