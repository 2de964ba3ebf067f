package duello.method.adversarial;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Adversarial;
import duello.method.PerSample;
import duello.method.Scored;
import duello.torch.Ops;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The multi-class hinge loss over K classes and one more, number K, for generated images, with Crammer and Singer's
 * {@code CS(s, t) = relu(1 + max over j != t of s_j - s_t)}: D minimises {@code CS(real, y) + CS(fake, K)}, G {@code
 * weight * CS(fake, y)}. It is an adversarial loss and a class loss in one.
 *
 * @see duello.model.LogitHead#perClass
 */
@Doc("Multi-class hinge with one more class for generated images; needs logit: multi_hinge")
@Paper("Kavalerov et al., A Multi-Class Hinge Loss for Conditional GANs, WACV 2021, arXiv 1912.04216")
public record MultiHinge(
        @Doc("Weight of the generator's loss; the discriminator's is 1") @Default("0.05") @Range(min = 0)
        double generator)
        implements Adversarial {
    @Override
    public PerSample discriminator(Scored real, Scored fake) {
        long last = fake.logit().size(1) - 1;
        Tensor generated = torch.full_like(fake.labels(), new Scalar(last));
        return new PerSample(margin(real.logit(), real.labels()), margin(fake.logit(), generated));
    }

    @Override
    public PerSample generator(Supplier<Scored> real, Scored fake) {
        return new PerSample(null, Ops.mul(margin(fake.logit(), fake.labels()), generator));
    }

    @Override
    public boolean perClass() {
        return true;
    }

    /**
     * {@code relu(1 + max over j != t of s_j - s_t)}, {@code [B]}.
     *
     * @param scores {@code [B, C]}
     * @param targets int64 {@code [B]}, in [0, C)
     */
    public static Tensor margin(Tensor scores, Tensor targets) {
        Tensor others = Ops.oneHot(targets, scores.size(1)).to(ScalarType.Bool).logical_not();
        Tensor best = Ops.keepWhere(scores, others, Double.NEGATIVE_INFINITY).amax(new long[] {1}, false);
        return Ops.add(best.sub(Ops.chosen(scores, targets)), 1).relu();
    }
}
