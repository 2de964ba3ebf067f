package duello.torch;

import duello.torch.ResampledConv2d.Resample;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A layer of StyleGAN2's synthesis (Karras et al., <i>Analyzing and Improving the Image Quality of StyleGAN</i>, CVPR 2020,
 * section 2.2): with styles {@code s = A(w)} of every image, the weight {@code W' = W_oikl s_i}, {@code d_o = (sum_ikl W'^2 +
 * 1e-8)^(-1/2)} and noise {@code n},
 *
 * <pre>
 *   y = gain activated(resampled convolution(x, d W') + strength n + bias)
 * </pre>
 *
 * <p>Scaling the input by s and the output by d instead of the weight is the same function and one convolution for the whole
 * batch. {@code sum_ikl W'^2} is a product of matrices, {@code s^2 (sum_kl W^2)'}. The gains are multiplied into d,
 * strength and bias, which are small.
 */
public final class StyledConv2d implements Layer {
    private final Module module = new Module();
    private final Tensor weight;
    private final Tensor noiseStrength;
    private final Tensor bias;
    private final Fir fir;
    private final Tensor noise;
    private final Linear styles;
    private final Resample resample;

    /**
     * What is convolved, with a kernel of 3.
     *
     * @param latent width of w
     * @param side of the output
     * @param resample UP or NONE
     */
    public record Shape(long in, long out, long latent, int side, Resample resample) {}

    StyledConv2d(Equalised layers, Shape s) {
        this.weight = module.parameter("weight", layers.normal(1, s.out, s.in, 3, 3));
        this.noiseStrength = module.parameter("noise_strength", layers.filled(0));
        this.bias = module.parameter("bias", layers.filled(0, s.out));
        this.fir = Fir.in(module, layers);
        this.noise = module.buffer("noise_const", layers.normal(1, s.side, s.side));
        this.styles = module.child("affine", layers.styles(s.latent, s.in));
        this.resample = s.resample;
    }

    /**
     * One layer.
     *
     * @param x {@code [B, in, H, W]}
     * @param w {@code [B, latent]}
     * @param gain what the result is multiplied by
     */
    public Tensor apply(Tensor x, Tensor w, double gain, Forward f) {
        double all = gain * Equalised.GAIN;
        Tensor s = styles.apply(w, f);
        Tensor y = FilteredConv2d.filtered(x.mul(perChannel(s)), weight, Ops.none(), fir, resample);
        Tensor scale = perChannel(Ops.mul(demodulation(s, weight), all));
        Tensor z = torch.addcmul(Ops.mul(bias, all).view(1, -1, 1, 1), y, scale);
        Tensor map = f.noise().map(noise, x.size(0));
        if (map != null) {
            z.add_(map.mul(Ops.mul(noiseStrength, all)));
        }
        return torch.leaky_relu_(z, Ops.scalar(Equalised.SLOPE));
    }

    /** {@code [B, C] -> [B, C, 1, 1]}. */
    static Tensor perChannel(Tensor t) {
        return t.unsqueeze(2).unsqueeze(3);
    }

    /** What divides every output by the length of its weight, {@code [B, out]}, of styles {@code [B, in]}. */
    public static Tensor demodulation(Tensor s, Tensor weight) {
        Tensor squares = Ops.sum(Ops.square(weight), false, 2, 3);
        return Ops.add(Ops.square(s).mm(squares.t()), 1e-8).rsqrt();
    }

    /** {@link #apply} in a script, with the stored noise. */
    public String script(Script s, String x, String w, double gain) {
        double all = gain * Equalised.GAIN;
        String scales = styles.script(s, w);
        String y = scattered(s, s.let("%s * torch.unsqueeze(torch.unsqueeze(%s, 2), 3)", x, scales));
        String squares =
                s.tensor(weight, Ops.sum(Ops.square(weight), false, 2, 3).t());
        String lengths = s.let("torch.rsqrt(torch.mm(torch.square(%s), %s) + 1e-8) * %s", scales, squares, all);
        return s.let(
                "torch.leaky_relu(%s * torch.unsqueeze(torch.unsqueeze(%s, 2), 3) + %s + %s, %s)",
                y,
                lengths,
                s.tensor(noise, Ops.mul(noise.mul(noiseStrength), all)),
                s.tensor(bias, Ops.mul(bias, all).view(1, -1, 1, 1)),
                Equalised.SLOPE);
    }

    private String scattered(Script s, String x) {
        if (resample == Resample.NONE) {
            return s.let("torch.conv2d(%s, %s, None, [1, 1], [1, 1], [1, 1], 1)", x, s.tensor(weight));
        }
        String y = s.let(
                "torch.conv_transpose2d(%s, %s, None, [2, 2], [0, 0], [0, 0], 1, [1, 1])",
                x, s.tensor(weight, weight.transpose(0, 1)));
        return fir.scriptSmoothed(s, y, weight.size(0), 1, 4);
    }

    @Override
    public Module module() {
        return module;
    }
}
