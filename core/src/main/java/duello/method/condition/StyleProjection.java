package duello.method.condition;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.model.LogitHead;
import duello.torch.Embedding;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * StyleGAN2's projection discriminator: {@code (W h + b) . M(y) / sqrt(F)}, {@code [B]}, with M a mapping network of the label
 * and F the features' width. There is no logit beside the projection. Networks of other lines have a table for M.
 */
@Doc("Projection on a mapped label, as StyleGAN2 does it")
@Paper("Karras et al., Training Generative Adversarial Networks with Limited Data, NeurIPS 2020, arXiv 2006.06676")
public record StyleProjection(
        @Doc("Layers of the label's mapping network") @Default("8") @Range(min = 1, max = 64)
        int layers) implements LogitHead {
    @Override
    public Head build(HeadSite site, int classes) {
        long width = site.width();
        return new Reader(site.linear("linear1", width, true), site.mapped("mapping", classes, width, layers));
    }

    @Override
    public boolean needsClasses() {
        return true;
    }

    /** The logit {@code [B]} of embedded features and mapped labels, both {@code [B, F]}. */
    public static Tensor logit(Tensor embedded, Tensor mapped) {
        return Ops.mul(Ops.sumPerSample(embedded.mul(mapped)), 1 / Math.sqrt((double) embedded.size(1)));
    }

    private record Reader(Linear linear, Embedding mapping) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            return logit(linear.apply(features.pooled(), f), mapping.apply(labels, f));
        }
    }
}
