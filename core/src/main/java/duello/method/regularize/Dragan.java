package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Loss;
import duello.method.Origin;
import duello.method.Step;
import duello.method.Term;
import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * DRAGAN's penalty: {@code mean_i (|d score(x_i) / d x_i| - 1)^2} around the real images, at {@code x = real + a s u / 2}
 * with one a per sample and one u per element, both uniform in [0, 1), and s the standard deviation over the whole batch.
 * A pass of its own, with the reals' labels and without augmentation; generated images take no part.
 */
@Doc("DRAGAN: keeps the gradient's length around real images at 1")
@Paper("Kodali et al., On Convergence and Stability of GANs, 2017, arXiv 1705.07215")
public record Dragan(
        @Doc("Weight lambda") @Default("10") @Range(min = 0) double weight) implements Term {
    @Override
    public void discriminator(Step s, Loss loss) {
        Tensor real = s.real();
        Draws draws = s.draws("dragan");
        Tensor share = draws.uniform(real.size(0), 1, 1, 1);
        Tensor noise = draws.uniform(Ops.shape(real));
        Tensor around = around(real, share, noise);
        Tensor scores = s.judge(around, s.labels(), Origin.OTHER).score();
        loss.add("dragan", weight, GradientPenalty.penalty(scores, around));
    }

    /** A leaf near {@code real}, {@code [B, ...]}; {@code share} has one number a sample, {@code noise} one an element. */
    public static Tensor around(Tensor real, Tensor share, Tensor noise) {
        Tensor x = real.detach();
        Tensor away = Ops.mul(noise.mul(x.std()), 0.5);
        return x.add(share.mul(away)).requires_grad_(true);
    }
}
