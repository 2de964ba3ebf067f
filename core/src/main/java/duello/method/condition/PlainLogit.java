package duello.method.condition;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.model.LogitHead;
import duello.torch.Forward;
import duello.torch.Linear;
import org.bytedeco.pytorch.Tensor;

/** One linear map of the pooled features to a logit, {@code [B]}; the label is not looked at. */
@Doc("A linear map of the features; the class does not enter the logit")
@Paper("Goodfellow et al., Generative Adversarial Nets, NeurIPS 2014, arXiv 1406.2661")
public record PlainLogit() implements LogitHead {
    @Override
    public Head build(HeadSite site, int classes) {
        return new Reader(site.linear("linear1", 1, true));
    }

    private record Reader(Linear linear) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            return linear.apply(features.pooled(), f).squeeze(1);
        }
    }
}
