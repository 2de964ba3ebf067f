package duello.bench;

import static duello.bench.StyledForms.apart;
import static duello.bench.StyledForms.lengths;
import static duello.torch.StyledConv2d.demodulation;

import duello.torch.Devices;
import duello.torch.Equalised;
import duello.torch.FilteredConv2d;
import duello.torch.Fir;
import duello.torch.Ops;
import duello.torch.ResampledConv2d.Resample;
import java.util.List;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Ways to compute one function: of a map, a weight {@code [C, C, k, k]} and perhaps styles. */
final class FilterForms {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] ZERO = {0, 0};
    private static final Fir FIR = Fir.of(Fir.fresh(Equalised.of(1, Devices.CPU)));

    /** A way. */
    record Form(String name, Formula formula) {
        /** Of what reads no styles. */
        Form(String name, BinaryOperator<Tensor> formula) {
            this(name, (x, w, s) -> formula.apply(x, w));
        }
    }

    /** Of a map {@code [B, C, H, W]}, a weight and styles {@code [B, C]}. */
    @FunctionalInterface
    interface Formula {
        Tensor of(Tensor x, Tensor w, Tensor s);
    }

    /** What is computed; Duello's own form is the first. */
    enum Job {
        UP(
                "conv3 up",
                new Form("own", FilterForms::doubled),
                new Form("kernel 6 merged", (x, w) -> transposed(x, merged(w, 4), 2)),
                new Form("separable filter", (x, w) -> separable(transposed(x, w, 0), 1, 4)),
                new Form("three means of 2x2", (x, w) -> Ops.mul(means(transposed(x, w, 0), 1, 3), 4)),
                new Form("padded, filtered", FilterForms::doubledInSteps),
                new Form("zeros, filter, conv", (x, w) -> conv(padded(spaced(x), 3, 2, 4), turned(w), ONE, ZERO))),
        DOWN(
                "conv3 down",
                new Form("own", (x, w) -> FilteredConv2d.filtered(x, w, Ops.none(), FIR, Resample.DOWN)),
                new Form("kernel 6 merged", (x, w) -> conv(x, merged(w, 1), TWO, TWO)),
                new Form("separable filter", (x, w) -> conv(separable(x, 2, 1), w, TWO, ZERO)),
                new Form("three means of 2x2", (x, w) -> conv(means(x, 2, 3), w, TWO, ZERO)),
                new Form("padded, filtered", (x, w) -> conv(padded(x, 2, 2, 1), w, TWO, ZERO))),
        SHORTCUT_DOWN(
                "conv1 down",
                new Form("own", (x, w) -> FilteredConv2d.filtered(x, w, Ops.none(), FIR, Resample.DOWN)),
                new Form("kernel 4 merged", (x, w) -> conv(x, w.mul(FIR.filter()), TWO, ONE)),
                new Form("filtered, then thinned", (x, w) -> conv(thinned(padded(x, 1, 1, 1)), w, ONE, ZERO))),
        IMAGE_UP(
                "image up",
                new Form("own", (x, w) -> FIR.doubled(x).add(Ops.mul(w.sum(), 0))),
                new Form("bilinear, bordered", (x, w) -> bilinear(x).add(Ops.mul(w.sum(), 0))),
                new Form("zeros, filter", (x, w) -> padded(spaced(x), 2, 1, 4).add(Ops.mul(w.sum(), 0)))),
        STYLED(
                "styled",
                new Form("own", (x, w, s) -> apart(x, s, demodulation(s, w), y -> conv(y, w, ONE, ONE))),
                new Form("lengths of all weights", (x, w, s) -> apart(x, s, lengths(s, w), y -> conv(y, w, ONE, ONE))),
                new Form("a weight an image", StyledForms::grouped)),
        STYLED_UP(
                "styled up",
                new Form("own", (x, w, s) -> apart(x, s, demodulation(s, w), y -> doubled(y, w))),
                new Form(
                        "lengths, padded, filtered",
                        (x, w, s) -> apart(x, s, lengths(s, w), y -> doubledInSteps(y, w))),
                new Form("a weight an image", StyledForms::groupedUp));

        private final String words;
        private final List<Form> forms;

        Job(String words, Form... forms) {
            this.words = words;
            this.forms = List.of(forms);
        }

        String words() {
            return words;
        }

        List<Form> forms() {
            return forms;
        }
    }

    private FilterForms() {}

    private static Tensor conv(Tensor x, Tensor w, long[] stride, long[] padding) {
        return torch.conv2d(x, w, Ops.none(), stride, padding, ONE, 1);
    }

    private static Tensor transposed(Tensor x, Tensor w, long padding) {
        long[] paddings = {padding, padding};
        return torch.conv_transpose2d(x, w.transpose(0, 1), Ops.none(), TWO, paddings, ZERO, 1, ONE);
    }

    private static Tensor doubled(Tensor x, Tensor w) {
        return FilteredConv2d.filtered(x, w, Ops.none(), FIR, Resample.UP);
    }

    private static Tensor doubledInSteps(Tensor x, Tensor w) {
        return padded(transposed(x, w, 0), 1, 1, 4);
    }

    /** Zeros after every pixel, in both axes. */
    private static Tensor spaced(Tensor x) {
        Tensor apart = x.reshape(x.size(0), x.size(1), x.size(2), 1, x.size(3), 1);
        return torch.constant_pad_nd(apart, 0, 1, 0, 0, 0, 1)
                .reshape(x.size(0), x.size(1), 2 * x.size(2), 2 * x.size(3));
    }

    /** Zeros around the map, then {@code gain} times the filter. */
    static Tensor padded(Tensor x, long before, long after, double gain) {
        long channels = x.size(1);
        Tensor filters = Ops.mul(FIR.filter(), gain).repeat(new long[] {channels, 1, 1, 1});
        Tensor bordered = torch.constant_pad_nd(x, before, after, before, after);
        return torch.conv2d(bordered, filters, Ops.none(), ONE, ZERO, ONE, channels);
    }

    /** Every second pixel. */
    private static Tensor thinned(Tensor x) {
        return every(every(x, 2), 3);
    }

    private static Tensor every(Tensor x, long axis) {
        return x.slice(axis, new LongOptional(), new LongOptional(), 2);
    }

    /** Upside down and mirrored: a transposed convolution scatters what a convolution gathers. */
    private static Tensor turned(Tensor w) {
        return w.flip(2, 3);
    }

    /** The filter and the kernel as one: {@code [C, C, 6, 6]}. */
    private static Tensor merged(Tensor w, double gain) {
        Tensor filter = Ops.mul(FIR.filter(), gain).view(1, 1, 4, 4);
        long[] three = {3, 3};
        return conv(w.reshape(-1, 1, 3, 3), filter, ONE, three).view(w.size(0), w.size(1), 6, 6);
    }

    /** Rows, then columns. */
    private static Tensor separable(Tensor x, long padding, double gain) {
        long channels = x.size(1);
        Tensor taps = Ops.tensor(new float[] {0.125f, 0.375f, 0.375f, 0.125f}, 4);
        Tensor rows = Ops.mul(taps, gain).view(1, 1, 1, 4).expand(new long[] {channels, 1, 1, 4});
        Tensor columns = taps.view(1, 1, 4, 1).expand(new long[] {channels, 1, 4, 1});
        Tensor y = torch.conv2d(x, rows, Ops.none(), ONE, new long[] {0, padding}, ONE, channels);
        return torch.conv2d(y, columns, Ops.none(), ONE, new long[] {padding, 0}, ONE, channels);
    }

    /** {@code [1, 3, 3, 1] = [1, 1] * [1, 1] * [1, 1]}. */
    private static Tensor means(Tensor x, long padding, int times) {
        Tensor y = torch.constant_pad_nd(x, padding, padding, padding, padding);
        for (int i = 0; i < times; i++) {
            y = torch.avg_pool2d(y, TWO, ONE, ZERO, false, true, new LongOptional());
        }
        return y;
    }

    /** Interpolation of a map with a border of zeros, which is cut off again. */
    private static Tensor bilinear(Tensor x) {
        Tensor bordered = torch.constant_pad_nd(x, 1, 1, 1, 1);
        long[] size = {2 * bordered.size(2), 2 * bordered.size(3)};
        Tensor y = torch.upsample_bilinear2d(bordered, size, false, new DoubleOptional(), new DoubleOptional());
        return Ops.slice(Ops.slice(y, 2, 2, size[0] - 2), 3, 2, size[1] - 2);
    }
}
