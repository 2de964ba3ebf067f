package duello.method.condition;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.dist.Collective;
import duello.method.ClassObjective;
import duello.method.Judged;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The auxiliary classifier as the papers' comparison uses it ("ACGAN-Mod"): the mean cross-entropy of a linear classifier
 * without bias, {@code -log softmax(W h)_y}; the discriminator learns it on real images only, the generator on its own.
 *
 * <p>{@code normalize} divides h by its length first. The reference does not normalise the rows of W then (it assigns
 * them to a name that nobody reads), and neither does this.
 */
@Doc("Auxiliary classifier: cross-entropy of a linear classifier on the features")
@Paper("Odena et al., Conditional Image Synthesis with Auxiliary Classifier GANs, ICML 2017, arXiv 1610.09585")
public record AuxiliaryClassifier(
        @Doc("Weight in both players' losses") @Default("1") @Range(min = 0)
        double weight,

        @Doc("Whether the features are divided by their length first") @Default("false")
        boolean normalize)
        implements ClassObjective {

    @Override
    public Bound bind(HeadSite site, int classes, Collective collective) {
        return new Played(new Classifier(site.linear("linear2", classes, false), normalize));
    }

    /** {@code mean(-log softmax(logits)_label)}; logits {@code [B, K]}. */
    public static Tensor loss(Tensor logits, Tensor labels) {
        return torch.cross_entropy_loss(logits, labels);
    }

    private record Played(Classifier head) implements Bound {
        @Override
        public List<Head> heads() {
            return List.of(head);
        }

        @Override
        public Tensor loss(Judged judged, Tensor labels) {
            return AuxiliaryClassifier.loss(judged.read(head), labels);
        }
    }

    private record Classifier(Linear linear, boolean normalize) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            Tensor h = normalize ? Ops.unit(features.pooled(), 1e-12) : features.pooled();
            return linear.apply(h, f);
        }

        @Override
        public boolean compared() {
            return true;
        }
    }
}
