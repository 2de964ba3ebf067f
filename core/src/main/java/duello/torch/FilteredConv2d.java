package duello.torch;

import duello.torch.ResampledConv2d.Resample;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution of kernel 1 or 3 that keeps its input's size, together with a doubling or halving by {@link Fir}, bias and
 * activation, with an equalised learning rate.
 *
 * <p>The activation's gain and the caller's are multiplied into the weight and the bias, which is exact since {@code
 * a max(x, 0.2 x) = max(a x, 0.2 a x)} for a above 0, and saves a pass over the map.
 */
public final class FilteredConv2d implements Layer {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] ZERO = {0, 0};

    private final Module module = new Module();
    private final Kernel kernel;
    private final Fir fir;
    private final Shape shape;

    /**
     * What is convolved.
     *
     * @param kernel 1 or 3
     * @param full whether there is a bias and {@link Equalised#activated}; else the map is linear
     */
    public record Shape(long in, long out, int kernel, Resample resample, boolean full) {}

    FilteredConv2d(Equalised layers, Shape s) {
        if (s.kernel != 1 && s.kernel != 3) {
            throw new IllegalArgumentException("kernel " + s.kernel + " is not 1 or 3");
        }
        this.kernel = Kernel.equalised(module, layers, 1, s.full ? 0.0 : null, s.out, s.in, s.kernel, s.kernel);
        this.fir = Fir.in(module, layers);
        this.shape = s;
    }

    /** {@code gain} times the layer: {@code [B, in, H, W] -> [B, out, H', W']}, H' = 2H, H/2 or H. */
    public Tensor apply(Tensor x, double gain, Forward f) {
        double all = shape.full ? gain * Equalised.GAIN : gain;
        Tensor weight = kernel.weight().value(f);
        Tensor y = filtered(x, all == 1 ? weight : Ops.mul(weight, all), bias(all), fir, shape.resample);
        return shape.full ? torch.leaky_relu_(y, Ops.scalar(Equalised.SLOPE)) : y;
    }

    private TensorOptional bias(double gain) {
        TensorOptional bias = kernel.bias();
        return bias.has_value() ? Ops.maybe(Ops.mul(bias.get(), gain)) : bias;
    }

    /**
     * The convolution with its resampling. Doubled with kernel 3 it is a transposed convolution that scatters {@code w} as
     * it is, and then the filter; halved the filter comes first.
     *
     * @param w {@code [out, in, k, k]}
     * @param bias added last
     */
    public static Tensor filtered(Tensor x, Tensor w, TensorOptional bias, Fir fir, Resample resample) {
        boolean pointwise = w.size(2) == 1;
        return switch (resample) {
            case NONE -> torch.conv2d(x, w, bias, ONE, pointwise ? ZERO : ONE, ONE, 1);
            case DOWN ->
                pointwise
                        ? torch.conv2d(fir.halved(x), w, bias, ONE, ZERO, ONE, 1)
                        : torch.conv2d(fir.smoothed(x, 2, 1), w, bias, TWO, ZERO, ONE, 1);
            case UP -> {
                Tensor y = pointwise
                        ? fir.doubled(torch.conv2d(x, w, Ops.none(), ONE, ZERO, ONE, 1))
                        : fir.smoothed(scattered(x, w), 1, 4);
                yield bias.has_value() ? y.add(bias.get().view(1, -1, 1, 1)) : y;
            }
        };
    }

    private static Tensor scattered(Tensor x, Tensor w) {
        return torch.conv_transpose2d(x, w.transpose(0, 1), Ops.none(), TWO, ZERO, ZERO, 1, ONE);
    }

    /** {@link #apply} in a script, of a shortcut that doubles. */
    public String scriptShortcut(Script s, String x, double gain) {
        if (shape.full || shape.kernel != 1 || shape.resample != Resample.UP) {
            throw new IllegalStateException("only shortcuts that double are written as scripts");
        }
        Tensor weight = Ops.mul(kernel.weight().value(Forward.EVALUATION), gain);
        String y = s.let(
                "torch.conv2d(%s, %s, None, [1, 1], [0, 0], [1, 1], 1)",
                x, kernel.weight().script(s, weight));
        return fir.scriptDoubled(s, y, shape.out);
    }

    @Override
    public Module module() {
        return module;
    }
}
