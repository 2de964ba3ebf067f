package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Augment;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Consistency regularisation, CR: the discriminator should say the same of a real image and of an augmentation of it.
 * The distance is the mean squared difference of the raw logits, and of what other heads offer for comparison (class
 * logits, embeddings), between the main view and a further pass. The gradient flows through both.
 */
@Doc("CR: the discriminator says the same of a real image and its augmentation")
@Paper("Zhang et al., Consistency Regularization for Generative Adversarial Networks, ICLR 2020, arXiv 1910.12027")
public record Consistency(
        @Doc("Weight lambda") @Default("10") @Range(min = 0) double weight,

        @Doc("What makes the other view") @Default("{type: flip_shift}")
        Augment augment)
        implements Term {
    @Override
    public Method build(Table table) {
        return new Consistency(weight, Views.built(augment, table, "cr"));
    }

    @Override
    public void discriminator(Step s, Loss loss) {
        List<Tensor> main = s.onReal().compared();
        List<Tensor> other = s.judge(s.real(), s.labels(), Origin.REAL, augment, "cr.augment")
                .compared();
        loss.add("cr", weight, Views.distance(main, other));
    }

    @Override
    public @Nullable String conflict(Method other) {
        return other instanceof BalancedConsistency
                ? "bcr compares the real images too, so cr would count them twice"
                : other instanceof LatentConsistency ? "zcr is published beside bcr, not beside cr; use bcr" : null;
    }
}
