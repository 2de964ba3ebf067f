package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Bilinear sampling that can be differentiated twice with respect to the image, as gradient penalties need; libtorch's
 * own {@code grid_sampler} can be only once.
 */
final class Sampling {
    private Sampling() {}

    /**
     * The image at given places, pixel centres at whole numbers, 0 outside.
     *
     * @param image {@code [B, C, H, W]}
     * @param columns what its columns are
     * @param x along columns, {@code [B, h, w]}
     * @param rows what its rows are
     * @param y along rows, {@code [B, h, w]}
     * @return {@code [B, C, h, w]}
     */
    static Tensor bilinear(Tensor image, Axis columns, Tensor x, Axis rows, Tensor y) {
        Tensor across = neighbours(x);
        Tensor down = neighbours(y);
        Tensor weights = weights(y, down, rows)
                .unsqueeze(2)
                .mul(weights(x, across, columns).unsqueeze(1));
        Tensor places = index(down, rows)
                .mul(new Scalar(image.size(3)))
                .unsqueeze(2)
                .add(index(across, columns).unsqueeze(1));
        Tensor values = image.flatten(2, 3)
                .gather(2, places.flatten(1, 4).unsqueeze(1).expand(-1, image.size(1), -1))
                .view(image.size(0), image.size(1), 4, x.size(1), x.size(2));
        return Ops.sum(values.mul(weights.flatten(1, 2).unsqueeze(1)), false, 2);
    }

    /** The pixels before and after each place along one axis: {@code [B, 2, h, w]}. */
    private static Tensor neighbours(Tensor at) {
        Tensor before = at.floor().unsqueeze(1);
        return Ops.cat(1, before, Ops.add(before, 1.0));
    }

    /** The hat function of the distance; a pixel outside counts nothing. */
    private static Tensor weights(Tensor at, Tensor pixels, Axis axis) {
        Tensor hat = Ops.rsub(at.unsqueeze(1).sub(pixels).abs(), 1);
        Tensor inside = pixels.ge(Ops.scalar(0)).logical_and(pixels.lt(Ops.scalar(axis.positions())));
        return Ops.keepWhere(hat, inside, 0);
    }

    private static Tensor index(Tensor pixels, Axis axis) {
        Tensor within = pixels.clamp_min(Ops.scalar(0)).clamp_max(Ops.scalar(axis.positions() - 1.0));
        return axis.place(within.to(ScalarType.Long));
    }
}
