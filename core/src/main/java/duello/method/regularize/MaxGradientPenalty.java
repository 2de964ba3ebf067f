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
import org.bytedeco.pytorch.Tensor;

/**
 * The penalty of Lipschitz GANs: {@code max_i |d score(x_i) / d x_i|^2} at points between real and generated images as in
 * WGAN-GP, but towards a length of 0 and of the steepest point alone. A pass of its own, with the reals' labels and
 * without augmentation.
 */
@Doc("Lipschitz GAN: the largest squared gradient between real and generated images")
@Paper("Zhou et al., Lipschitz Generative Adversarial Nets, ICML 2019, arXiv 1902.05687")
public record MaxGradientPenalty(
        @Doc("Weight lambda") @Default("10") @Range(min = 0) double weight) implements Term {
    @Override
    public void discriminator(Step s, Loss loss) {
        Tensor share = s.draws("max_gradient_penalty").uniform(s.real().size(0), 1, 1, 1);
        Tensor between = GradientPenalty.between(s.real(), s.fake(), share);
        Tensor scores = s.judge(between, s.labels(), Origin.OTHER).score();
        loss.add("max_gradient_penalty", weight, penalty(scores, between));
    }

    /** The penalty of {@code scores}, {@code [B]}, computed from {@code images}, {@code [B, ...]}: a scalar. */
    public static Tensor penalty(Tensor scores, Tensor images) {
        Tensor gradient = Ops.grad(scores, images, true);
        return Ops.sumPerSample(Ops.square(gradient)).max();
    }
}
