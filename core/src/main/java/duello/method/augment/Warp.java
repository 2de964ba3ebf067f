package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Images under affine maps without aliasing: mirrored at the borders, doubled in size with a wavelet's low-pass, sampled
 * bilinearly, halved with the same filter.
 *
 * <p>Where the published code mirrors just as far as the farthest corner of any image of the batch needs, this mirrors
 * as far as a mirror reaches: the same pixels, without waiting for the device to say how far, and no image's border
 * depends on its neighbours in the batch.
 */
final class Warp {
    /** How far the halving reaches beyond the image on each side, in its pixels. */
    private static final long RIM = SymletFilter.LENGTH / 4;

    private static final double HALF = 0.5;

    private Warp() {}

    /**
     * @param x {@code [B, C, H, W]}
     * @param inverse {@code [B, 3, 3]}: from places of the output to places of the input, in pixels from the centre
     * @return {@code [B, C, H, W]}
     */
    static Tensor apply(Tensor x, Tensor inverse) {
        Device device = x.device();
        MirroredAxis rows = new MirroredAxis(x.size(2));
        MirroredAxis columns = new MirroredAxis(x.size(3));
        Tensor doubled = alongBoth(x, rows.matrix(device), columns.matrix(device));
        Tensor across = places(inverse.select(1, 0), x, columns);
        Tensor down = places(inverse.select(1, 1), x, rows);
        Tensor sampled = Sampling.bilinear(doubled, columns, across, rows, down);
        return alongBoth(sampled, halving(x.size(2), device), halving(x.size(3), device));
    }

    private static Tensor alongBoth(Tensor x, Tensor rows, Tensor columns) {
        return rows.matmul(x.matmul(columns.t()));
    }

    /**
     * Where the pixels of a doubled output, its rim included, lie along one axis of the doubled input: {@code [B, 2 (H +
     * 2 RIM), 2 (W + 2 RIM)]}. Doubling leaves rotations as they are and doubles translations; a pixel becomes the left
     * and upper one of two, so what was the centre lies half a pixel to the left and above.
     *
     * @param map {@code [B, 3]}: factors of the output's column and row, and an offset
     */
    private static Tensor places(Tensor map, Tensor x, Axis along) {
        Tensor columns = fromCentre(x.size(3), map.device()).view(1, 1, -1);
        Tensor rows = fromCentre(x.size(2), map.device()).view(1, -1, 1);
        Tensor factors = map.unsqueeze(2).unsqueeze(3);
        Tensor offset = Ops.add(Ops.mul(factors.select(1, 2), 2), centre(along.positions()) - HALF);
        return factors.select(1, 0)
                .mul(columns)
                .add(factors.select(1, 1).mul(rows).add(offset));
    }

    private static Tensor fromCentre(long side, Device device) {
        long size = 2 * (side + 2 * RIM);
        return Ops.add(Ops.range(size, device).to(ScalarType.Float), HALF - centre(size));
    }

    private static double centre(long size) {
        return (size - 1) / 2.0;
    }

    /** {@code [size, 2 (size + 2 RIM)]}: filters and keeps every second. */
    private static Tensor halving(long size, Device device) {
        long from = 2 * (size + 2 * RIM);
        Tensor identity = torch.eye(from, Ops.floats(device));
        return SymletFilter.correlatedAndHalved(Ops.slice(identity, 1, 1, from - 1))
                .t();
    }
}
