package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The filter {@code [1, 3, 3, 1]} in both axes with the sum 1, with which the StyleGAN line resamples maps: no frequency
 * that the smaller map cannot hold gets into it (Zhang, <i>Making Convolutional Networks Shift-Invariant Again</i>, ICML
 * 2019). Borders see zeros. Each channel is filtered by itself.
 *
 * <p>As one convolution of a group a channel it is the fastest of the forms that the benchmark {@code FilterRace} compares:
 * merging it into the 3x3 kernel beside it costs four times the arithmetic, and passes of shorter filters more memory.
 *
 * @param filter {@code [4, 4]}, symmetric
 */
public record Fir(Tensor filter) {
    private static final float[] TAPS = {1, 3, 3, 1};
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] ZERO = {0, 0};

    /** Registers the filter in {@code module} as {@code resample_filter}. */
    static Fir in(Module module, Equalised layers) {
        return of(module.buffer("resample_filter", fresh(layers)));
    }

    /** A filter that a module holds. */
    public static Fir of(Tensor filter) {
        return new Fir(filter);
    }

    /** The filter's 16 numbers on the layers' device. */
    public static Tensor fresh(Equalised layers) {
        float[] outer = new float[16];
        for (int i = 0; i < 16; i++) {
            outer[i] = TAPS[i / 4] * TAPS[i % 4] / 64;
        }
        return Scope.keep(Ops.tensor(outer, 4, 4).to(layers.device(), torch.ScalarType.Float));
    }

    /** Height and width doubled: zeros between the pixels, then four times the filter. */
    public Tensor doubled(Tensor x) {
        long channels = x.size(1);
        return torch.conv_transpose2d(x, kernels(x, 4), Ops.none(), TWO, ONE, ZERO, channels, ONE);
    }

    /** Height and width halved: the filter, then every second pixel. */
    public Tensor halved(Tensor x) {
        return filtered(x, 1, 2, 1);
    }

    /**
     * {@code gain} times the filter.
     *
     * @param padding zeros around the map, which grows by twice as many less three
     */
    Tensor smoothed(Tensor x, int padding, double gain) {
        return filtered(x, padding, 1, gain);
    }

    private Tensor filtered(Tensor x, int padding, int stride, double gain) {
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        return torch.conv2d(x, kernels(x, gain), Ops.none(), strides, paddings, ONE, x.size(1));
    }

    /** One filter a channel, {@code [C, 1, 4, 4]}. */
    private Tensor kernels(Tensor x, double gain) {
        Tensor one = gain == 1 ? filter : Ops.mul(filter, gain);
        return one.to(x.device(), x.scalar_type()).expand(new long[] {x.size(1), 1, 4, 4});
    }

    /** {@link #doubled} in a script. */
    public String scriptDoubled(Script s, String x, long channels) {
        return s.let(
                "torch.conv_transpose2d(%s, %s, None, [2, 2], [1, 1], [0, 0], %d, [1, 1])",
                x, script(s, channels, 4), channels);
    }

    /** {@link #smoothed} in a script. */
    String scriptSmoothed(Script s, String x, long channels, int padding, double gain) {
        return s.let(
                "torch.conv2d(%s, %s, None, [1, 1], [%d, %d], [1, 1], %d)",
                x, script(s, channels, gain), padding, padding, channels);
    }

    private String script(Script s, long channels, double gain) {
        return s.let("%s.expand([%d, 1, 4, 4])", s.tensor(filter, Ops.mul(filter, gain)), channels);
    }
}
