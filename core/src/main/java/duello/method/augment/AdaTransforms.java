package duello.method.augment;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Augment;
import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The transforms of adaptive discriminator augmentation with a probability that does not adapt. */
@Doc("ADA's transforms, each happening to each image with a fixed probability")
@Paper("Karras et al., Training Generative Adversarial Networks with Limited Data, NeurIPS 2020, arXiv 2006.06676")
public record AdaTransforms(
        @Doc("Which: blit and geom move pixels, color, filter, noise, cutout; bg...: several of them by their letters")
        @Default("bgc")
        AdaSet set,

        @Doc("How likely each transform happens to each image") @Default("1") @Range(min = 0, max = 1)
        double probability)
        implements Augment {
    @Override
    public Tensor apply(Tensor x, Draws draws) {
        Tensor p = torch.full(new long[0], Ops.scalar(probability), Ops.floats(x.device()));
        return AdaPipeline.apply(x, set.transforms(), draws, p);
    }
}
