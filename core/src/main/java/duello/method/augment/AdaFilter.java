package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ADA's image-space filter: four octaves, the lowest first, each amplified or damped by its own factor, at constant power
 * of an image whose spectrum falls as those of photographs do.
 */
final class AdaFilter {
    /** The power that natural images are expected to have in each octave. */
    private static final float[] POWER = {10f / 13, 1f / 13, 1f / 13, 1f / 13};

    private static final int BANDS = POWER.length;

    private AdaFilter() {}

    static Tensor apply(Tensor x, Chance chance) {
        Tensor normal = chance.draws().normal(chance.batch(), BANDS);
        Tensor coin = chance.draws().uniform(chance.batch(), BANDS).lt(chance.probability());
        return Filters.separable(x, taps(Ops.keepWhere(normal, coin, 0).exp2()));
    }

    /** {@code [B, 4] -> [B, 43]}: the filter that multiplies the octaves by {@code factors} and keeps the power. */
    static Tensor taps(Tensor factors) {
        Tensor power = Ops.tensor(POWER, 1, BANDS).to(factors.device(), ScalarType.Float);
        // Each octave is set, and the power restored, one after the other; the restoring factors then multiply.
        Tensor restored = Ops.rsub(power, 1).add(power.mul(Ops.square(factors))).sqrt();
        return factors.div(restored.prod(1).unsqueeze(1)).matmul(bank(factors.device()));
    }

    private static Tensor bank(Device device) {
        float[][] bank = OctaveBank.build(BANDS);
        return Ops.cat(0, tensors(bank)).to(device, ScalarType.Float);
    }

    private static Tensor[] tensors(float[][] rows) {
        Tensor[] out = new Tensor[rows.length];
        for (int i = 0; i < rows.length; i++) {
            out[i] = Ops.tensor(rows[i], 1, rows[i].length);
        }
        return out;
    }
}
