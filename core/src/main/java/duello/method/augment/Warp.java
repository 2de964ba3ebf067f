package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Images under affine maps without aliasing: mirrored at the borders, doubled in size with a wavelet's low-pass, sampled
 * bilinearly, halved with the same filter.
 *
 * <p>Where the published code mirrors just as far as the farthest corner of any image of the batch needs, this mirrors
 * as far as a mirror reaches, {@code size - 1} pixels: the same pixels, without waiting for the device to say how far,
 * and no image's border depends on its neighbours in the batch. Mirroring, doubling and filtering are linear and
 * separable, so together they are one small matrix an axis.
 */
final class Warp {
    /** Symlet of order 6, low-pass, its sum 1. */
    private static final float[] SYM6 = {
        0.010892349295318127f,
        0.0024683058727532625f,
        -0.08343160152435303f,
        -0.034161560237407684f,
        0.3472289443016052f,
        0.5569463968276978f,
        0.238952174782753f,
        -0.05136248096823692f,
        -0.01489187404513359f,
        0.031625278294086456f,
        0.0012499609729275107f,
        -0.0055159335024654865f
    };

    /** How far the halving reaches beyond the image on each side, in its pixels. */
    private static final long RIM = SYM6.length / 4;

    private static final double HALF = 0.5;

    private Warp() {}

    /**
     * @param x {@code [B, C, H, W]}
     * @param inverse {@code [B, 3, 3]}: from places of the output to places of the input, in pixels from the centre
     * @return {@code [B, C, H, W]}
     */
    static Tensor apply(Tensor x, Tensor inverse) {
        Tensor doubled = alongBoth(x, doubling(x.size(2), x.device()), doubling(x.size(3), x.device()));
        Tensor[] places = places(inverse, x.size(2) + 2 * RIM, x.size(3) + 2 * RIM);
        Tensor sampled = Sampling.bilinear(
                doubled, Ops.add(places[0], centre(doubled.size(3))), Ops.add(places[1], centre(doubled.size(2))));
        return alongBoth(sampled, halving(x.size(2), x.device()), halving(x.size(3), x.device()));
    }

    private static Tensor alongBoth(Tensor x, Tensor rows, Tensor columns) {
        return rows.matmul(x.matmul(columns.t()));
    }

    private static double centre(long size) {
        return (size - 1) / 2.0;
    }

    /**
     * Where the pixels of an output of twice {@code height} by {@code width} lie in the doubled input, from its centre:
     * columns and rows, {@code [B, 2 height, 2 width]} each. Doubling leaves rotations as they are and doubles
     * translations; a pixel becomes the left and upper one of two, so the centre lies half a pixel to the left and above.
     */
    private static Tensor[] places(Tensor inverse, long height, long width) {
        Tensor columns = Ops.add(fromCentre(2 * width, inverse.device()), HALF).view(1, 1, -1);
        Tensor rows = Ops.add(fromCentre(2 * height, inverse.device()), HALF).view(1, -1, 1);
        Tensor[] places = new Tensor[2];
        for (int axis = 0; axis < 2; axis++) {
            Tensor row = inverse.select(1, axis).unsqueeze(2).unsqueeze(3);
            places[axis] = row.select(1, 0)
                    .mul(columns)
                    .add(row.select(1, 1).mul(rows))
                    .add(Ops.add(Ops.mul(row.select(1, 2), 2), -HALF));
        }
        return places;
    }

    private static Tensor fromCentre(long size, Device device) {
        return Ops.add(Ops.range(size, device).to(torch.ScalarType.Float), -centre(size));
    }

    /** {@code [2 (3 size - 2), size]}: mirrors on both sides and doubles. */
    private static Tensor doubling(long size, Device device) {
        Tensor positions = Ops.add(Ops.range(3 * size - 2, device), 1 - size);
        Tensor mirrored = identity(size, device).index_select(1, Reflect.into(positions, size));
        Tensor spread = torch.stack(new TensorVector(mirrored, torch.zeros_like(mirrored)), 2)
                .flatten(1, 2);
        Tensor padded = torch.constant_pad_nd(spread, SYM6.length / 2, SYM6.length / 2 - 1);
        return Ops.mul(filtered(padded, taps(device).flip(0), 1), 2).t();
    }

    /** {@code [size, 2 (size + 2 RIM)]}: filters and keeps every second. */
    private static Tensor halving(long size, Device device) {
        long from = 2 * (size + 2 * RIM);
        return filtered(Ops.slice(identity(from, device), 1, 1, from - 1), taps(device), 2)
                .t();
    }

    private static Tensor filtered(Tensor rows, Tensor taps, long stride) {
        return torch.conv1d(
                        rows.unsqueeze(1),
                        taps.view(1, 1, -1),
                        Ops.none(),
                        new long[] {stride},
                        new long[] {0},
                        new long[] {1},
                        1)
                .squeeze(1);
    }

    private static Tensor taps(Device device) {
        return Ops.tensor(SYM6, SYM6.length).to(device, torch.ScalarType.Float);
    }

    private static Tensor identity(long size, Device device) {
        return torch.eye(size, Ops.floats(device));
    }
}
