package duello.method.augment;

import duello.torch.Ops;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where ADA moves pixels: a chain of affine maps, then one resampling. */
final class AdaGeometry {
    private static final double DEVIATION = 0.2;
    private static final double SHIFT = 0.125;

    /** Draws one map a sample, of an image of {@code size}: rows, columns. */
    @FunctionalInterface
    private interface Map {
        Tensor of(Chance chance, long[] size);
    }

    private record Link(AdaTransform transform, Map map) {}

    private static final List<Link> CHAIN = List.of(
            new Link(AdaTransform.XFLIP, AdaGeometry::flip),
            new Link(AdaTransform.ROTATE90, AdaGeometry::quarterTurn),
            new Link(AdaTransform.XINT, AdaGeometry::wholeShift),
            new Link(AdaTransform.SCALE, AdaGeometry::scale),
            new Link(AdaTransform.ROTATE, AdaGeometry::turn),
            new Link(AdaTransform.ANISO, AdaGeometry::stretch),
            new Link(AdaTransform.ROTATE, AdaGeometry::turn),
            new Link(AdaTransform.XFRAC, AdaGeometry::shift));

    private AdaGeometry() {}

    /** Resamples even where no coin falls so, which changes an image by a few millionths. */
    static Tensor apply(Tensor x, Set<AdaTransform> enabled, Chance chance) {
        List<Link> links =
                CHAIN.stream().filter(l -> enabled.contains(l.transform)).toList();
        if (links.isEmpty()) {
            return x;
        }
        long[] size = {x.size(2), x.size(3)};
        Tensor inverse = null;
        for (Link link : links) {
            Tensor map = link.map.of(chance, size);
            inverse = inverse == null ? map : inverse.bmm(map);
        }
        return inverse == null ? x : Warp.apply(x, inverse);
    }

    private static Tensor flip(Chance chance, long[] size) {
        Tensor side = Ops.rsub(Ops.mul(chance.gated(chance.whole(2), 0), 2), 1);
        return Affine.scaling(side, torch.ones_like(side));
    }

    private static Tensor quarterTurn(Chance chance, long[] size) {
        return Affine.rotation(Ops.mul(chance.gated(chance.whole(4), 0), Math.PI / 2));
    }

    private static Tensor wholeShift(Chance chance, long[] size) {
        Tensor t = chance.gated(Chance.centred(chance.draws().uniform(chance.batch(), 2), SHIFT), 0);
        return translation(t, size, true);
    }

    private static Tensor scale(Chance chance, long[] size) {
        Tensor inverse = chance.gated(chance.lognormal(DEVIATION), 1).reciprocal();
        return Affine.scaling(inverse, inverse);
    }

    /** Two turns, each with {@code 1 - sqrt(1 - p)}, happen at all with probability p. */
    private static Tensor turn(Chance chance, long[] size) {
        Tensor never = Ops.rsub(chance.probability(), 1).clamp_min(Ops.scalar(0));
        Chance half = chance.with(Ops.rsub(never.sqrt(), 1));
        return Affine.rotation(half.gated(half.uniform(Math.PI), 0));
    }

    private static Tensor stretch(Chance chance, long[] size) {
        Tensor s = chance.gated(chance.lognormal(DEVIATION), 1);
        return Affine.scaling(s.reciprocal(), s);
    }

    private static Tensor shift(Chance chance, long[] size) {
        Tensor t = chance.gated(Ops.mul(chance.draws().normal(chance.batch(), 2), SHIFT), 0);
        return translation(t, size, false);
    }

    /** {@code t}: x and y as parts of the sides, {@code [B, 2]}. */
    private static Tensor translation(Tensor t, long[] size, boolean whole) {
        Tensor x = Ops.mul(t.select(1, 0), size[1]);
        Tensor y = Ops.mul(t.select(1, 1), size[0]);
        return Affine.translation((whole ? x.round() : x).neg(), (whole ? y.round() : y).neg());
    }
}
