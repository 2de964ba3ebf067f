package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** Filters with taps of their own for every sample, mirrored at the borders. */
final class Filters {
    private Filters() {}

    /**
     * The same taps along rows and along columns. As a product with one small matrix a sample, which is many times
     * faster on a processor than a convolution with a group for every channel of every sample.
     *
     * @param x {@code [B, C, H, W]}
     * @param taps {@code [B, n]}, n odd, correlated
     */
    static Tensor separable(Tensor x, Tensor taps) {
        return alongLast(alongLast(x, taps).transpose(2, 3), taps).transpose(2, 3);
    }

    private static Tensor alongLast(Tensor x, Tensor taps) {
        return x.flatten(1, 2).bmm(matrix(taps, x.size(3)).transpose(1, 2)).view_as(x);
    }

    /** {@code [B, size, size]}: row i holds what output i takes from every input. */
    private static Tensor matrix(Tensor taps, long size) {
        long n = taps.size(1);
        Tensor output = Ops.range(size, taps.device()).unsqueeze(1);
        Tensor tap = Ops.add(Ops.range(n, taps.device()).unsqueeze(0), -(n / 2));
        Tensor input = Reflect.into(output.add(tap), size).unsqueeze(0).expand(taps.size(0), size, n);
        return Ops.zeros(taps.device(), taps.size(0), size, size)
                .scatter_add(2, input, taps.unsqueeze(1).expand(-1, size, -1));
    }
}
