package duello.method.augment;

import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A part of each image, resized to the whole: a fifth of the area to all of it, 3 to 4 up to 4 to 3, bilinearly. Ten
 * times as many rectangles are proposed as there are images, and as many taken of those that fit; images for which none
 * is left stay whole.
 */
final class RandomCrop {
    private static final int PROPOSALS = 10;
    private static final double LEAST_AREA = 0.2;
    private static final double ASPECT = 4.0 / 3;

    private RandomCrop() {}

    static Tensor apply(Tensor x, Draws draws) {
        long batch = x.size(0);
        Tensor u = draws.uniform(2, PROPOSALS * batch);
        Tensor area = Ops.mul(Ops.add(Ops.mul(u.select(0, 0), 1 - LEAST_AREA), LEAST_AREA), x.size(2) * x.size(3));
        Tensor aspect =
                Ops.mul(Ops.add(u.select(0, 1), -0.5), 2 * Math.log(ASPECT)).exp();
        Tensor widths = area.mul(aspect).sqrt().round();
        Tensor heights = area.div(aspect).sqrt().round();
        Tensor fit = fit(widths, x.size(3)).logical_and(fit(heights, x.size(2)));
        // Proposals are alike, so the first that fit are as random as any.
        Tensor taken = Ops.rows(torch.argsort(fit.to(ScalarType.Int), true, 0, true), 0, batch);
        Tensor place = draws.uniform(2, batch);
        return Sampling.bilinear(
                x,
                Axis.plain(x.size(3)),
                along(x.size(3), part(widths, fit, taken, x.size(3)), place.select(0, 0))
                        .unsqueeze(1)
                        .expand(-1, x.size(2), -1),
                Axis.plain(x.size(2)),
                along(x.size(2), part(heights, fit, taken, x.size(2)), place.select(0, 1))
                        .unsqueeze(2)
                        .expand(-1, -1, x.size(3)));
    }

    private static Tensor fit(Tensor lengths, long side) {
        return lengths.ge(Ops.scalar(1)).logical_and(lengths.le(Ops.scalar(side)));
    }

    private static Tensor part(Tensor lengths, Tensor fit, Tensor taken, long side) {
        return Ops.keepWhere(lengths, fit, side).index_select(0, taken);
    }

    /** Where along a side the output's pixels are read: {@code [B, side]}. */
    private static Tensor along(long side, Tensor length, Tensor u) {
        Tensor from = Ops.add(Ops.rsub(length, side), 1.0).mul(u).floor().unsqueeze(1);
        Tensor pixel =
                Ops.add(Ops.range(side, u.device()).to(ScalarType.Float), 0.5).unsqueeze(0);
        Tensor at = Ops.add(pixel.mul(Ops.mul(length, 1.0 / side).unsqueeze(1)), -0.5)
                .add(from);
        return at.clamp_min(Ops.scalar(0)).clamp_max(Ops.scalar(side - 1.0));
    }
}
