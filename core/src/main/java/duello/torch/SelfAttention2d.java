package duello.torch;

import duello.torch.Conv2d.Shape;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Self-attention over positions (Zhang et al., <i>Self-Attention Generative Adversarial Networks</i>, ICML 2019), with the
 * reference's max-pooled keys and values and without a scale: {@code x + sigma * conv(softmax(theta' phi) g)}; sigma
 * starts at 0.
 */
public final class SelfAttention2d implements Layer {
    private final Module module = new Module();
    private final Conv2d theta;
    private final Conv2d phi;
    private final Conv2d g;
    private final Conv2d out;
    private final Tensor sigma;
    private final long channels;

    SelfAttention2d(Layers layers, long channels) {
        if (channels < 8) {
            throw new IllegalArgumentException("self-attention needs 8 channels or more, not " + channels);
        }
        this.channels = channels;
        this.sigma = module.parameter("sigma", layers.init().zeros(1));
        this.theta = module.child("conv1x1_theta", pointwise(layers, channels, channels / 8));
        this.phi = module.child("conv1x1_phi", pointwise(layers, channels, channels / 8));
        this.g = module.child("conv1x1_g", pointwise(layers, channels, channels / 2));
        this.out = module.child("conv1x1_attn", pointwise(layers, channels / 2, channels));
    }

    private static Conv2d pointwise(Layers layers, long in, long out) {
        return layers.conv(Shape.conv(in, out, 1, 1, 0).withoutBias());
    }

    /** {@code [B, C, H, W] -> [B, C, H, W]}; H and W even. */
    public Tensor apply(Tensor x, Forward f) {
        Tensor queries = positions(theta.apply(x, f));
        Tensor keys = positions(torch.max_pool2d(phi.apply(x, f), 2, 2));
        Tensor values = positions(torch.max_pool2d(g.apply(x, f), 2, 2));
        Tensor attention = queries.bmm(keys.transpose(1, 2)).softmax(-1);
        Tensor read = attention.bmm(values).view(x.size(0), x.size(2), x.size(3), channels / 2);
        return torch.addcmul(x, out.apply(read.permute(0, 3, 1, 2), f), sigma);
    }

    /** {@code [B, C, H, W] -> [B, H W, C]}: in channels-last memory a view, and so is the way back. */
    private static Tensor positions(Tensor map) {
        return map.permute(0, 2, 3, 1).flatten(1, 2);
    }

    /** {@link #apply} in a script. */
    public String script(Script s, String x) {
        String queries = positions(s, theta.script(s, x));
        String keys = positions(s, pooled(s, phi.script(s, x)));
        String values = positions(s, pooled(s, g.script(s, x)));
        String attention = s.let("torch.softmax(torch.bmm(%s, torch.transpose(%s, 1, 2)), -1)", queries, keys);
        String read = s.let(
                "torch.reshape(torch.bmm(%s, %s), [%3$s.size(0), %3$s.size(2), %3$s.size(3), %4$d])",
                attention, values, x, channels / 2);
        String map = out.script(s, s.let("torch.permute(%s, [0, 3, 1, 2])", read));
        return s.let("torch.addcmul(%s, %s, %s)", x, map, s.tensor(sigma));
    }

    private static String pooled(Script s, String map) {
        return s.let("torch.max_pool2d(%s, [2, 2], [2, 2])", map);
    }

    private static String positions(Script s, String map) {
        return s.let("torch.flatten(torch.permute(%s, [0, 2, 3, 1]), 1, 2)", map);
    }

    @Override
    public Module module() {
        return module;
    }
}
