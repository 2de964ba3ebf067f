package duello.method.condition;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.model.LogitHead;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * One linear map of the features to a logit per class, of which the image's own class is read: {@code (W h + b)_y},
 * {@code [B]}. A discriminator for each class, on one trunk.
 */
@Doc("A logit per class, of which the image's own counts")
@Paper("Mescheder et al., Which Training Methods for GANs do actually Converge?, ICML 2018, arXiv 1801.04406")
public record MultiDimension() implements LogitHead {
    @Override
    public Head build(HeadSite site, int classes) {
        return new Reader(site.linear("linear1", classes, true));
    }

    @Override
    public boolean needsClasses() {
        return true;
    }

    private record Reader(Linear linear) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            return Ops.chosen(linear.apply(features.pooled(), f), labels);
        }
    }
}
