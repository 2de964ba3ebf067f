package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Hue, saturation and value of the hexagonal cone; {@code [B, 3, H, W]} in [0, 1] both ways. */
final class Hsv {
    private Hsv() {}

    static Tensor ofRgb(Tensor rgb) {
        Tensor r = rgb.select(1, 0);
        Tensor g = rgb.select(1, 1);
        Tensor b = rgb.select(1, 2);
        Tensor value = rgb.amax(new long[] {1}, false);
        Tensor chroma = value.sub(rgb.amin(new long[] {1}, false));
        Tensor unit = oneForZero(chroma);
        Tensor fromRed = g.sub(b).div(unit).remainder(Ops.scalar(6));
        Tensor fromGreen = Ops.add(b.sub(r).div(unit), 2.0);
        Tensor fromBlue = Ops.add(r.sub(g).div(unit), 4.0);
        Tensor sixths = fromRed.where(r.eq(value), fromGreen.where(g.eq(value), fromBlue));
        return stacked(Ops.mul(sixths, 1.0 / 6), chroma.div(oneForZero(value)), value);
    }

    static Tensor toRgb(Tensor hsv) {
        Tensor sixths = Ops.mul(hsv.select(1, 0), 6);
        Tensor value = hsv.select(1, 2);
        Tensor chroma = value.mul(hsv.select(1, 1));
        return stacked(
                primary(5, sixths, chroma, value),
                primary(3, sixths, chroma, value),
                primary(1, sixths, chroma, value));
    }

    private static Tensor primary(double offset, Tensor sixths, Tensor chroma, Tensor value) {
        Tensor k = Ops.add(sixths, offset).remainder(Ops.scalar(6));
        Tensor missing = k.min(Ops.rsub(k, 4)).clamp_min(Ops.scalar(0)).clamp_max(Ops.scalar(1));
        return value.sub(chroma.mul(missing));
    }

    private static Tensor oneForZero(Tensor x) {
        return x.masked_fill(x.eq(Ops.scalar(0)), Ops.scalar(1));
    }

    private static Tensor stacked(Tensor... channels) {
        return torch.stack(new TensorVector(channels), 1);
    }
}
