package duello.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes the layers of the StyleGAN line, whose weights start standard normal and are multiplied by 1 / sqrt(fan-in) where
 * they are used, so that an optimiser which divides by a gradient's size moves all of them at one speed (Karras et al.,
 * <i>Progressive Growing of GANs</i>, ICLR 2018, section 4.1).
 *
 * @param draws the stream, used up in the order in which layers are built
 * @param device where the tensors live
 */
public record Equalised(Draws draws, Device device) {
    /** The slope of {@link #activated} below 0. */
    static final double SLOPE = 0.2;

    /** What {@link #activated} multiplies by, which keeps the mean square of a normal variable nearly as it was. */
    static final double GAIN = Math.sqrt(2);

    /** A stream seeded by {@code seed} on the processor's generator. */
    public static Equalised of(long seed, Device device) {
        return new Equalised(new SeededDraws(seed, Devices.CPU), device);
    }

    /** A linear map whose bias, if it has one, starts at 0. */
    public Linear linear(long in, long out, boolean bias) {
        Module module = new Module();
        return new Linear(module, Kernel.equalised(module, this, 1, bias ? 0.0 : null, out, in));
    }

    /** A linear map whose learning rate is {@code rate} times the others'. */
    public Linear slowLinear(long in, long out, double rate) {
        Module module = new Module();
        return new Linear(module, Kernel.equalised(module, this, rate, 0.0, out, in));
    }

    /** The linear map from a latent to the scales of {@code out} channels: its bias starts at 1. */
    public Linear styles(long in, long out) {
        Module module = new Module();
        return new Linear(module, Kernel.equalised(module, this, 1, 1.0, out, in));
    }

    /** A plain convolution, not transposed, whose bias starts at 0. */
    public Conv2d conv(Conv2d.Shape shape) {
        Module module = new Module();
        Double bias = shape.bias() ? 0.0 : null;
        return new Conv2d(
                module,
                shape,
                Kernel.equalised(module, this, 1, bias, shape.out(), shape.in(), shape.kernel(), shape.kernel()));
    }

    public FilteredConv2d conv(FilteredConv2d.Shape shape) {
        return new FilteredConv2d(this, shape);
    }

    public StyledConv2d styledConv(StyledConv2d.Shape shape) {
        return new StyledConv2d(this, shape);
    }

    /** {@code channels} channels to RGB, scaled by styles of latents of width {@code latent}. */
    public StyledRgb rgb(long channels, long latent) {
        return new StyledRgb(this, channels, latent);
    }

    /** A fresh normal tensor. */
    public Tensor normal(double deviation, long... shape) {
        return made(Ops.mul(draws.normal(shape), deviation));
    }

    /** A tensor of one number. */
    public Tensor filled(double value, long... shape) {
        return made(Ops.mul(Ops.ones(Devices.CPU, shape), value));
    }

    private Tensor made(Tensor t) {
        return Scope.keep(t.to(device, t.scalar_type()));
    }

    /** The leaky rectifier of the StyleGAN line: {@code sqrt(2) max(x, 0.2 x)}. */
    public static Tensor activated(Tensor x) {
        return Ops.mul(torch.leaky_relu(x, Ops.scalar(SLOPE)), GAIN);
    }

    /** {@link #activated} in a script. */
    public static String activated(Script s, String x) {
        return s.let("torch.leaky_relu(%s, %s) * %s", x, SLOPE, GAIN);
    }

    /** Every row divided by the root of its mean square: {@code x / sqrt(mean_j x_j^2 + 1e-8)}, {@code [B, d]}. */
    public static Tensor unitMoment(Tensor x) {
        return x.mul(Ops.add(Ops.mean(Ops.square(x), true, 1), 1e-8).rsqrt());
    }

    /** {@link #unitMoment} in a script. */
    public static String unitMoment(Script s, String x) {
        return s.let("%s * torch.rsqrt(torch.mean(torch.square(%s), [1], True) + 1e-8)", x, x);
    }
}
