package duello.method.augment;

import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Contrast, and hue, saturation and value, in either order; images in [0, 1]. */
final class ColourJitter {
    private static final double STRENGTH = 0.4;
    private static final double HUE = 0.1 * 255 / 360;

    private ColourJitter() {}

    /** @param saturation the factor of the saturation is drawn from {@code 1 - saturation} to {@code 1 + saturation} */
    static Tensor apply(Tensor x, double saturation, Draws draws) {
        Tensor u = draws.uniform(4, x.size(0));
        Tensor contrast = around(u.select(0, 0), STRENGTH);
        Tensor hue = Chance.centred(u.select(0, 1), HUE);
        Tensor s = around(u.select(0, 2), saturation);
        Tensor v = around(u.select(0, 3), STRENGTH);
        // One coin for the batch. Both orders are computed: looking at the coin would wait for the device.
        Tensor coin = draws.uniform(1).lt(Ops.scalar(0.5)).view(1, 1, 1, 1);
        return hsv(contrast(x, contrast), hue, s, v).where(coin, contrast(hsv(x, hue, s, v), contrast));
    }

    private static Tensor around(Tensor u, double spread) {
        return Ops.add(Chance.centred(u, spread), 1.0);
    }

    /** {@code clamp((x - m) factor + m)}, m the mean of each channel. */
    static Tensor contrast(Tensor x, Tensor factor) {
        return unit(torch.lerp(Ops.mean(x, true, 2, 3), x, factor.view(-1, 1, 1, 1)));
    }

    /**
     * Turns the hue and scales saturation and value, all {@code [B]}. The gradient passes as if nothing had happened:
     * that of the conversion is undefined at greys.
     */
    static Tensor hsv(Tensor x, Tensor hue, Tensor saturation, Tensor value) {
        Tensor change = Scope.noGrad(() -> {
            Tensor from = Hsv.ofRgb(unit(x));
            Tensor turned = from.select(1, 0).add(hue.view(-1, 1, 1)).remainder(Ops.scalar(1));
            Tensor s = unit(from.select(1, 1).mul(saturation.view(-1, 1, 1)));
            Tensor v = unit(from.select(1, 2).mul(value.view(-1, 1, 1)));
            return Hsv.toRgb(torch.stack(new TensorVector(turned, s, v), 1)).sub(x);
        });
        return x.add(change);
    }

    private static Tensor unit(Tensor x) {
        return x.clamp_min(Ops.scalar(0)).clamp_max(Ops.scalar(1));
    }
}
