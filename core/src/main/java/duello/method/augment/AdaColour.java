package duello.method.augment;

import duello.torch.Ops;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How ADA changes colours: a chain of affine maps of RGB, {@code [B, 3, 4]}, applied at once. */
final class AdaColour {
    private static final double BRIGHTNESS = 0.2;
    private static final double CONTRAST = 0.5;
    private static final float THIRD = 1f / 3;
    private static final float ROOT = (float) (1 / Math.sqrt(3));

    private static final float[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
    private static final float[] OFFSET = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};

    /** Projects on the grey axis {@code (1, 1, 1) / sqrt 3}. */
    private static final float[] LUMA = {THIRD, THIRD, THIRD, THIRD, THIRD, THIRD, THIRD, THIRD, THIRD};

    /** Projects on what is left. */
    private static final float[] CHROMA = {
        2 * THIRD, -THIRD, -THIRD, -THIRD, 2 * THIRD, -THIRD, -THIRD, -THIRD, 2 * THIRD
    };

    /** The cross product with the grey axis. */
    private static final float[] TWIST = {0, -ROOT, ROOT, ROOT, 0, -ROOT, -ROOT, ROOT, 0};

    /** Draws one map a sample and puts it after those so far. */
    @FunctionalInterface
    private interface Map {
        Tensor after(Tensor sofar, Chance chance);
    }

    private record Link(AdaTransform transform, Map map) {}

    private static final List<Link> CHAIN = List.of(
            new Link(AdaTransform.BRIGHTNESS, AdaColour::brightness),
            new Link(AdaTransform.CONTRAST, AdaColour::contrast),
            new Link(AdaTransform.LUMAFLIP, AdaColour::lumaFlip),
            new Link(AdaTransform.HUE, AdaColour::hue),
            new Link(AdaTransform.SATURATION, AdaColour::saturation));

    private AdaColour() {}

    /** @param x {@code [B, 3, H, W]} */
    static Tensor apply(Tensor x, Set<AdaTransform> enabled, Chance chance) {
        List<Link> links =
                CHAIN.stream().filter(l -> enabled.contains(l.transform)).toList();
        if (links.isEmpty()) {
            return x;
        }
        Tensor map = constant(IDENTITY, 4, x.device()).expand(chance.batch(), 3, 4);
        for (Link link : links) {
            map = link.map.after(map, chance);
        }
        Tensor mixed = Ops.slice(map, 2, 0, 3).bmm(x.flatten(2, 3));
        return mixed.add(Ops.slice(map, 2, 3, 4)).view_as(x);
    }

    private static Tensor brightness(Tensor sofar, Chance chance) {
        Tensor b = chance.gated(Ops.mul(chance.normal(), BRIGHTNESS), 0);
        return sofar.add(times(b, OFFSET, 4));
    }

    private static Tensor contrast(Tensor sofar, Chance chance) {
        return sofar.mul(chance.gated(chance.lognormal(CONTRAST), 1).view(-1, 1, 1));
    }

    private static Tensor lumaFlip(Tensor sofar, Chance chance) {
        Tensor side = Ops.rsub(Ops.mul(chance.gated(chance.whole(2), 0), 2), 1);
        return times(side, LUMA, 3).add(times(torch.ones_like(side), CHROMA, 3)).bmm(sofar);
    }

    /** A rotation about the grey axis, by Rodrigues' formula. */
    private static Tensor hue(Tensor sofar, Chance chance) {
        Tensor angle = chance.gated(chance.uniform(Math.PI), 0);
        Tensor turned = times(angle.cos(), CHROMA, 3).add(times(angle.sin(), TWIST, 3));
        return times(torch.ones_like(angle), LUMA, 3).add(turned).bmm(sofar);
    }

    private static Tensor saturation(Tensor sofar, Chance chance) {
        Tensor s = chance.gated(chance.lognormal(1), 1);
        return times(torch.ones_like(s), LUMA, 3).add(times(s, CHROMA, 3)).bmm(sofar);
    }

    /** {@code [B]} times a constant of 3 rows: {@code [B, 3, columns]}. */
    private static Tensor times(Tensor factor, float[] matrix, long columns) {
        return factor.view(-1, 1, 1).mul(constant(matrix, columns, factor.device()));
    }

    private static Tensor constant(float[] matrix, long columns, Device device) {
        return Ops.tensor(matrix, 3, columns).to(device, ScalarType.Float);
    }
}
