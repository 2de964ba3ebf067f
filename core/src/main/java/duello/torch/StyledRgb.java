package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes RGB of a map of StyleGAN2's synthesis: a convolution of kernel 1 on {@code x_i s_i / sqrt(in)}, s the styles of w,
 * without demodulation, plus a bias.
 */
public final class StyledRgb implements Layer {
    private static final long[] ONE = {1, 1};
    private static final long[] ZERO = {0, 0};

    private final Module module = new Module();
    private final Tensor weight;
    private final TensorOptional bias;
    private final Linear styles;
    private final double scale;

    StyledRgb(Equalised layers, long channels, long latent) {
        this.weight = module.parameter("weight", layers.normal(1, 3, channels, 1, 1));
        this.bias = Ops.maybe(module.parameter("bias", layers.filled(0, 3)));
        this.bias.retainReference();
        this.styles = module.child("affine", layers.styles(latent, channels));
        this.scale = 1 / Math.sqrt((double) channels);
    }

    /** {@code [B, channels, H, W]} and w {@code [B, latent]} to {@code [B, 3, H, W]}. */
    public Tensor apply(Tensor x, Tensor w, Forward f) {
        Tensor s = Ops.mul(styles.apply(w, f), scale);
        return torch.conv2d(x.mul(StyledConv2d.perChannel(s)), weight, bias, ONE, ZERO, ONE, 1);
    }

    /** {@link #apply} in a script. */
    public String script(Script s, String x, String w) {
        String scales = s.let("torch.unsqueeze(torch.unsqueeze(%s, 2), 3) * %s", styles.script(s, w), scale);
        return s.let(
                "torch.conv2d(%s * %s, %s, %s, [1, 1], [0, 0], [1, 1], 1)",
                x, scales, s.tensor(weight), s.tensor(bias.get()));
    }

    @Override
    public Module module() {
        return module;
    }
}
