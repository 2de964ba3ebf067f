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
 * One linear map of the features to a score for each of the K classes and one, the last, for generated images: {@code
 * [B, K + 1]}. The label is not looked at; the loss does that. Whoever wants one number per image gets the scores' sum,
 * which is what the reference's gradient penalties differentiate.
 */
@Doc("One score per class and one for generated images; needs adversarial: multi_hinge")
@Paper("Kavalerov et al., A Multi-Class Hinge Loss for Conditional GANs, WACV 2021, arXiv 1912.04216")
public record MultiHingeLogit() implements LogitHead {
    @Override
    public Head build(HeadSite site, int classes) {
        return new Reader(site.linear("linear1", classes + 1L, true));
    }

    @Override
    public boolean perClass() {
        return true;
    }

    @Override
    public boolean needsClasses() {
        return true;
    }

    private record Reader(Linear linear) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            return linear.apply(features.pooled(), f);
        }

        @Override
        public Tensor score(Tensor output) {
            return Ops.sumPerSample(output);
        }
    }
}
