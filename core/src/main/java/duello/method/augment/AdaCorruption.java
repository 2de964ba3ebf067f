package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What ADA destroys: noise over everything, a square cut out. */
final class AdaCorruption {
    private static final double NOISE = 0.1;
    private static final double CUTOUT = 0.5;

    private AdaCorruption() {}

    /** Adds Gaussian noise whose deviation is {@code 0.1 |n|}, n standard normal per sample. */
    static Tensor noise(Tensor x, Chance chance) {
        Tensor deviation = chance.gated(Ops.mul(chance.normal().abs(), NOISE), 0);
        return x.add(chance.draws().normal(Ops.shape(x)).mul(deviation.view(-1, 1, 1, 1)));
    }

    /** Sets to 0 what is nearer than a quarter of the sides to a place anywhere in the image, along both axes. */
    static Tensor cutout(Tensor x, Chance chance) {
        Tensor centre = chance.draws().uniform(chance.batch(), 2);
        Tensor half = chance.gated(Ops.mul(torch.ones_like(centre.select(1, 0)), CUTOUT / 2), 0);
        Tensor columns = outside(x.size(3), centre.select(1, 0), half).view(-1, 1, 1, x.size(3));
        Tensor rows = outside(x.size(2), centre.select(1, 1), half).view(-1, 1, x.size(2), 1);
        return Ops.keepWhere(x, rows.logical_or(columns), 0);
    }

    private static Tensor outside(long side, Tensor centre, Tensor half) {
        Tensor position = Ops.mul(Ops.add(range(side, centre.device()), 0.5), 1.0 / side);
        return position.sub(centre.unsqueeze(1)).abs().ge(half.unsqueeze(1));
    }

    private static Tensor range(long side, Device device) {
        return Ops.range(side, device).to(ScalarType.Float).unsqueeze(0);
    }
}
