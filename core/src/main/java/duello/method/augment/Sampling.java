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
     * @param x columns, {@code [B, h, w]}
     * @param y rows, {@code [B, h, w]}
     * @return {@code [B, C, h, w]}
     */
    static Tensor bilinear(Tensor image, Tensor x, Tensor y) {
        Tensor columns = neighbours(x, 0, 1, 0, 1);
        Tensor rows = neighbours(y, 0, 0, 1, 1);
        Tensor weights = weights(x, columns, image.size(3)).mul(weights(y, rows, image.size(2)));
        Tensor places =
                index(rows, image.size(2)).mul(new Scalar(image.size(3))).add(index(columns, image.size(3)));
        Tensor values = image.flatten(2, 3)
                .gather(2, places.flatten(1, 3).unsqueeze(1).expand(-1, image.size(1), -1))
                .view(image.size(0), image.size(1), 4, x.size(1), x.size(2));
        return Ops.sum(values.mul(weights.unsqueeze(1)), false, 2);
    }

    /** The four pixels around each place along one axis: {@code [B, 4, h, w]}. */
    private static Tensor neighbours(Tensor at, float... offsets) {
        Tensor offset = Ops.tensor(offsets, 1, 4, 1, 1).to(at.device(), ScalarType.Float);
        return at.floor().unsqueeze(1).add(offset);
    }

    /** The hat function of the distance; a pixel outside counts nothing. */
    private static Tensor weights(Tensor at, Tensor pixels, long size) {
        Tensor hat = Ops.rsub(at.unsqueeze(1).sub(pixels).abs(), 1);
        Tensor inside = pixels.ge(Ops.scalar(0)).logical_and(pixels.le(Ops.scalar(size - 1.0)));
        return Ops.keepWhere(hat, inside, 0);
    }

    private static Tensor index(Tensor pixels, long size) {
        return pixels.clamp_min(Ops.scalar(0)).clamp_max(Ops.scalar(size - 1.0)).to(ScalarType.Long);
    }
}
