package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Augment;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import org.bytedeco.pytorch.Tensor;

/**
 * Balanced consistency regularisation, bCR, algorithm 1 of the paper: the distance of {@link Consistency} on real and on
 * generated images, each against an augmentation of the image that its main view augmented otherwise. The gradient flows
 * through both views. With {@link LatentConsistency} it is ICR.
 */
@Doc("bCR: the discriminator says the same of a real or generated image and its augmentation")
@Paper("Zhao et al., Improved Consistency Regularization for GANs, AAAI 2021, arXiv 2002.04724")
public record BalancedConsistency(
        @Doc("Weight on real images") @Default("10") @Range(min = 0)
        double real,

        @Doc("Weight on generated images") @Default("10") @Range(min = 0)
        double fake,

        @Doc("What makes the other views") @Default("{type: flip_shift}")
        Augment augment)
        implements Term {
    @Override
    public Method build(Table table) {
        return new BalancedConsistency(real, fake, Views.built(augment, table, "bcr"));
    }

    @Override
    public void discriminator(Step s, Loss loss) {
        loss.add("bcr.real", real, distance(s, s.onReal(), s.real(), "bcr.augment.real"));
        loss.add("bcr.fake", fake, distance(s, s.onFake(), s.fake(), "bcr.augment.fake"));
    }

    private Tensor distance(Step s, Judged main, Tensor images, String stream) {
        Judged other = s.judge(images, main.labels(), main.origin(), augment, stream);
        return Views.distance(main.compared(), other.compared());
    }
}
