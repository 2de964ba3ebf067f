package duello.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution of kernel 1 or 3 that keeps its input's size, together with a doubling or halving of height and width,
 * computed as one operation. The parameters are those of the convolution alone.
 *
 * <p>The same function, cheaper:
 *
 * <ul>
 *   <li>{@code conv3(up2(x))} is a transposed convolution of kernel 4, stride 2, padding 1, whose kernel is the sum of
 *       the four 2x2 shifts of the zero-padded 3x3 kernel: each low-resolution pixel is read once instead of four times;
 *   <li>{@code pool2(conv3(x))}, the mean of 2x2 outputs, is a convolution of kernel 4, stride 2, padding 1, whose
 *       kernel is the mean of the four shifts;
 *   <li>a convolution of kernel 1 commutes with both, so it runs at the lower resolution.
 * </ul>
 *
 * up2 is nearest-neighbour doubling and pool2 the 2x2 mean of stride 2.
 */
public final class ResampledConv2d implements Layer {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] ZERO = {0, 0};

    /** {@link #sums} by what is merged, its type and device. */
    private static final Map<String, Tensor> SUMS = new ConcurrentHashMap<>();

    /** What happens to height and width. */
    public enum Resample {
        /** Doubled by nearest neighbour, before the convolution. */
        UP,
        /** Halved by the mean of 2x2, after the convolution. */
        DOWN,
        NONE
    }

    private final Module module = new Module();
    private final Kernel kernel;
    private final Resample resample;

    ResampledConv2d(Layers layers, long in, long out, int kernel, Resample resample) {
        if (kernel != 1 && kernel != 3) {
            throw new IllegalArgumentException("kernel " + kernel + " is not 1 or 3");
        }
        this.kernel = Kernel.in(module, layers, out, false, out, in, kernel, kernel);
        this.resample = resample;
    }

    /** {@code [B, in, H, W] -> [B, out, H', W']}, H' = 2H, H/2 or H. */
    public Tensor apply(Tensor x, Forward f) {
        return resampled(x, kernel.weight().value(f), kernel.bias(), resample);
    }

    /** The convolution by {@code w}, {@code [out, in, k, k]}, with its resampling, in the cheap form. */
    public static Tensor resampled(Tensor x, Tensor w, TensorOptional bias, Resample resample) {
        boolean pointwise = w.size(2) == 1;
        return switch (resample) {
            case NONE -> conv(x, w, bias, ONE, pointwise ? ZERO : ONE);
            case UP ->
                pointwise
                        ? Ops.doubled(conv(x, w, bias, ONE, ZERO))
                        : torch.conv_transpose2d(x, merged(w, resample).transpose(0, 1), bias, TWO, ONE, ZERO, 1, ONE);
            case DOWN ->
                pointwise ? conv(Ops.halved(x), w, bias, ONE, ZERO) : conv(x, merged(w, resample), bias, TWO, ONE);
        };
    }

    private static Tensor conv(Tensor x, Tensor w, TensorOptional bias, long[] stride, long[] padding) {
        return torch.conv2d(x, w, bias, stride, padding, ONE, 1);
    }

    /**
     * The kernel of a fused form, {@code [out, in, 3, 3] -> [out, in, 4, 4]}: each of its 16 numbers is a fixed sum of
     * the 9, so the whole is one product of matrices.
     */
    private static Tensor merged(Tensor w, Resample resample) {
        String key = resample + " " + w.scalar_type().intern() + " "
                + w.device().str().getString();
        Tensor sums = SUMS.computeIfAbsent(key, k -> Scope.keep(sums(resample).to(w)));
        return torch.mm(w.reshape(-1, 9), sums).view(w.size(0), w.size(1), 4, 4);
    }

    /**
     * {@code [9, 16]}: where each number of a 3x3 kernel goes when the kernel lies at its four places in a 4x4 window.
     * DOWN takes the mean of the places. A transposed convolution scatters, so UP turns the window by 180 degrees.
     */
    private static Tensor sums(Resample resample) {
        boolean down = resample == Resample.DOWN;
        float[] sums = new float[9 * 16];
        for (int from = 0; from < 9; from++) {
            for (int place = 0; place < 4; place++) {
                int to = (from / 3 + place / 2) * 4 + from % 3 + place % 2;
                sums[from * 16 + (down ? to : 15 - to)] = down ? 0.25f : 1;
            }
        }
        return Ops.tensor(sums, 9, 16);
    }

    /** {@link #apply} in a script; merged kernels are written as they are. */
    public String script(Script s, String x) {
        Tensor w = kernel.weight().value(Forward.EVALUATION);
        boolean pointwise = w.size(2) == 1;
        String bias = kernel.scriptBias(s);
        if (resample == Resample.NONE || pointwise) {
            String in = resample == Resample.DOWN ? s.let("torch.avg_pool2d(%s, [2, 2])", x) : x;
            String padding = pointwise ? "[0, 0]" : "[1, 1]";
            String weight = kernel.weight().script(s, w);
            String out = s.let("torch.conv2d(%s, %s, %s, [1, 1], %s, [1, 1], 1)", in, weight, bias, padding);
            return resample == Resample.UP ? s.let("torch.upsample_nearest2d(%s, None, [2.0, 2.0])", out) : out;
        }
        Tensor merged = merged(w, resample);
        return resample == Resample.UP
                ? s.let(
                        "torch.conv_transpose2d(%s, %s, %s, [2, 2], [1, 1], [0, 0], 1, [1, 1])",
                        x, kernel.weight().script(s, merged.transpose(0, 1)), bias)
                : s.let(
                        "torch.conv2d(%s, %s, %s, [2, 2], [1, 1], [1, 1], 1)",
                        x, kernel.weight().script(s, merged), bias);
    }

    @Override
    public Module module() {
        return module;
    }
}
