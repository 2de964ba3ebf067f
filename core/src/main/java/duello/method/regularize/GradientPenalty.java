package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Loss;
import duello.method.Origin;
import duello.method.Step;
import duello.method.Term;
import duello.torch.Ops;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The gradient penalty of WGAN-GP, equation 3: {@code mean_i (|d score(x_i) / d x_i| - 1)^2} at {@code x = a real + (1 -
 * a) fake}, one a uniform in [0, 1) per sample. A pass of its own, with the reals' labels and without augmentation.
 */
@Doc("WGAN-GP: keeps the gradient's length between real and generated images at 1")
@Paper("Gulrajani et al., Improved Training of Wasserstein GANs, NeurIPS 2017, arXiv 1704.00028")
public record GradientPenalty(
        @Doc("Weight lambda") @Default("10") @Range(min = 0) double weight) implements Term {
    @Override
    public void discriminator(Step s, Loss loss) {
        Tensor share = s.draws("gradient_penalty").uniform(s.real().size(0), 1, 1, 1);
        Tensor between = between(s.real(), s.fake(), share);
        Tensor scores = s.judge(between, s.labels(), Origin.OTHER).score();
        loss.add("gradient_penalty", weight, penalty(scores, between));
    }

    /** A leaf on the line from {@code fake} (share 0) to {@code real} (share 1). */
    public static Tensor between(Tensor real, Tensor fake, Tensor share) {
        return torch.lerp(fake.detach(), real.detach(), share).requires_grad_(true);
    }

    /** The penalty of {@code scores}, {@code [B]}, computed from {@code images}, {@code [B, ...]}: a scalar. */
    public static Tensor penalty(Tensor scores, Tensor images) {
        Tensor gradient = Ops.grad(scores, images, true);
        // The norm, not a square root: its derivative at a gradient of 0 is 0, not a division by 0.
        Tensor length = torch.linalg_vector_norm(
                gradient.flatten(1, -1), Ops.scalar(2), new long[] {1}, false, new ScalarTypeOptional());
        return Ops.square(Ops.add(length, -1)).mean();
    }
}
