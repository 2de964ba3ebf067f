package duello.bench;

import duello.torch.Ops;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Ways to convolve every image of {@code [B, C, H, W]} with a weight {@code [O, C, 3, 3]} of its own, {@code W' = W_ockl s_bc}
 * of unit length for every output.
 */
final class StyledForms {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] ZERO = {0, 0};

    private StyledForms() {}

    /** One weight for all, the map scaled before it and after it. */
    static Tensor apart(Tensor x, Tensor s, Tensor lengths, UnaryOperator<Tensor> convolution) {
        return convolution.apply(x.mul(perChannel(s))).mul(perChannel(lengths));
    }

    /** What makes the weights' length 1, {@code [B, O]}, of the weights of all images. */
    static Tensor lengths(Tensor s, Tensor w) {
        return lengths(styled(s, w));
    }

    private static Tensor lengths(Tensor weights) {
        return Ops.add(Ops.sum(Ops.square(weights), false, 2, 3, 4), 1e-8).rsqrt();
    }

    /** {@code [B, O, C, 3, 3]}. */
    private static Tensor styled(Tensor s, Tensor w) {
        return w.unsqueeze(0).mul(s.view(s.size(0), 1, s.size(1), 1, 1));
    }

    private static Tensor unit(Tensor s, Tensor w) {
        Tensor weights = styled(s, w);
        return weights.mul(lengths(weights).view(s.size(0), w.size(0), 1, 1, 1));
    }

    /** A weight an image: a group of channels each. */
    static Tensor grouped(Tensor x, Tensor w, Tensor s) {
        long groups = x.size(0);
        Tensor weights = unit(s, w).reshape(-1, w.size(1), 3, 3);
        return apart(torch.conv2d(together(x), weights, Ops.none(), ONE, ONE, ONE, groups), groups);
    }

    /** The same, doubling: scattered, then filtered. */
    static Tensor groupedUp(Tensor x, Tensor w, Tensor s) {
        long groups = x.size(0);
        Tensor weights = unit(s, w).transpose(1, 2).reshape(-1, w.size(0), 3, 3);
        Tensor y = torch.conv_transpose2d(together(x), weights, Ops.none(), TWO, ZERO, ZERO, groups, ONE);
        return FilterForms.padded(apart(y, groups), 1, 1, 4);
    }

    /** {@code [B, C, H, W] -> [1, B C, H, W]}. */
    private static Tensor together(Tensor x) {
        return x.reshape(1, -1, x.size(2), x.size(3));
    }

    private static Tensor apart(Tensor x, long images) {
        return x.view(images, -1, x.size(2), x.size(3));
    }

    private static Tensor perChannel(Tensor t) {
        return t.unsqueeze(2).unsqueeze(3);
    }
}
