package duello.method.adapt;

import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Conv2d;
import duello.torch.Forward;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A logit for every patch, {@code [B, 1, h, w]}: a convolution of kernel 3 over one of the trunk's maps, and behind it, as in
 * the authors' code, a leaky ReLU times the root of 2, so that negative logits are a fifth as large.
 *
 * @param layer the map
 */
record PatchHead(String layer, Conv2d convolution) implements Head {
    private static final double SLOPE = 0.2;

    static PatchHead of(HeadSite site, NamedMap map) {
        return new PatchHead(map.name(), site.convolution("patch", map.channels(), 1));
    }

    @Override
    public Tensor read(Features features, Tensor labels, Forward f) {
        Tensor logits = convolution.apply(features.map(layer), f);
        return Ops.mul(torch.leaky_relu(logits, Ops.scalar(SLOPE)), Math.sqrt(2));
    }
}
