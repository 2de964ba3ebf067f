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
 * Feature matching: {@code mean_k |mean_b h_k(fake) - mean_b h_k(real)|}, h the trunk's pooled features of the main views
 * and the absolute value in place of the square of the paper's equation. The reals are the fresh batch of the generator's
 * step, without gradient.
 */
@Doc("Feature matching: generated images have the mean features of real ones")
@Paper("Salimans et al., Improved Techniques for Training GANs, NeurIPS 2016, arXiv 1606.03498")
public record FeatureMatching(
        @Doc("Weight") @Default("1") @Range(min = 0) double weight) implements Term {
    @Override
    public void generator(Step s, Loss loss) {
        Tensor fake = s.onFake().features().pooled();
        Tensor real = s.onReal().features().pooled();
        loss.add("feature_matching", weight, distance(real, fake));
    }

    /** The distance of features {@code [B, F]}: a scalar whose gradient reaches {@code fake} only. */
    public static Tensor distance(Tensor real, Tensor fake) {
        return Ops.mean(fake, false, 0)
                .sub(Ops.mean(real.detach(), false, 0))
                .abs()
                .mean();
    }
}
