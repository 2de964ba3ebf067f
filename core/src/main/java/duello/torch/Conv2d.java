package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A convolution, or transposed convolution, with a square kernel: {@code [B, in, H, W] -> [B, out, H', W']}. */
public final class Conv2d implements Layer {
    private static final long[] ONE = {1, 1};
    private static final long[] ZERO = {0, 0};

    /**
     * What kind of convolution.
     *
     * @param kernel side of the kernel
     * @param stride step; of a transposed convolution the factor by which it enlarges
     * @param padding zeros on each side
     * @param bias whether a bias is added
     * @param transposed whether it is a transposed convolution, whose weight is {@code [in, out, k, k]}
     */
    public record Shape(long in, long out, int kernel, int stride, int padding, boolean bias, boolean transposed) {
        public static Shape conv(long in, long out, int kernel, int stride, int padding) {
            return new Shape(in, out, kernel, stride, padding, true, false);
        }

        public static Shape transposed(long in, long out, int kernel, int stride, int padding) {
            return new Shape(in, out, kernel, stride, padding, true, true);
        }

        public Shape withoutBias() {
            return new Shape(in, out, kernel, stride, padding, false, transposed);
        }
    }

    private final Module module;
    private final Shape shape;
    private final Kernel kernel;

    /** Of a kernel registered in {@code module}. */
    Conv2d(Module module, Shape shape, Kernel kernel) {
        this.module = module;
        this.shape = shape;
        this.kernel = kernel;
    }

    Conv2d(Layers layers, Shape s) {
        this.module = new Module();
        this.shape = s;
        long[] size = s.transposed
                ? new long[] {s.in, s.out, s.kernel, s.kernel}
                : new long[] {s.out, s.in, s.kernel, s.kernel};
        this.kernel = Kernel.in(module, layers, s.bias ? s.out : 0, s.transposed, size);
    }

    public Tensor apply(Tensor x, Forward f) {
        long[] stride = {shape.stride, shape.stride};
        long[] padding = {shape.padding, shape.padding};
        Tensor w = kernel.weight().value(f);
        return shape.transposed
                ? torch.conv_transpose2d(x, w, kernel.bias(), stride, padding, ZERO, 1, ONE)
                : torch.conv2d(x, w, kernel.bias(), stride, padding, ONE, 1);
    }

    /** {@link #apply} in a script. */
    public String script(Script s, String x) {
        String w = kernel.weight().script(s);
        return s.let(
                shape.transposed
                        ? "torch.conv_transpose2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [0, 0], 1, [1, 1])"
                        : "torch.conv2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [1, 1], 1)",
                x,
                w,
                kernel.scriptBias(s),
                shape.stride,
                shape.padding);
    }

    @Override
    public Module module() {
        return module;
    }
}
