package duello.method.pretext;

import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * A linear map of the trunk's features to raw outputs, {@code [B, out]}.
 *
 * @param mean whether it reads the mean over positions, as DeshuffleGAN's heads do, or what the trunk's logit head reads
 */
record TaskHead(Linear linear, boolean mean) implements Head {
    static TaskHead at(HeadSite site, String name, long out) {
        return new TaskHead(site.linear(name, out, true), false);
    }

    static TaskHead ofMeans(HeadSite site, String name, long out) {
        return new TaskHead(site.linear(name, out, true), true);
    }

    @Override
    public Tensor read(Features features, Tensor labels, Forward f) {
        Tensor pooled = features.pooled();
        return linear.apply(mean ? Ops.mul(pooled, 1.0 / features.positions()) : pooled, f);
    }
}
