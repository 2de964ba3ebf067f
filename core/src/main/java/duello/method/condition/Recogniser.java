package duello.method.condition;

import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** A linear map without bias of the features' mean over positions. */
record Recogniser(Linear linear) implements Head {
    static Recogniser at(HeadSite site, String name, long out) {
        return new Recogniser(site.linear(name, out, false));
    }

    @Override
    public Tensor read(Features features, Tensor labels, Forward f) {
        return linear.apply(Ops.mul(features.pooled(), 1.0 / features.positions()), f);
    }
}
