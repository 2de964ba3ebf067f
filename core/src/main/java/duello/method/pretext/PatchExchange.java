package duello.method.pretext;

import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Exchanges square patches of feature maps, all channels together; differentiable. A patch's place is its upper left
 * corner, numbered row by row over the places that it can stand at: {@code row * (W - p + 1) + column}.
 *
 * @param patch side p of a patch
 */
record PatchExchange(long patch) {
    /** Places of a patch on a map of {@code side} by {@code side}. */
    long places(long side) {
        return (side - patch + 1) * (side - patch + 1);
    }

    /** The least side of a map on which every patch has another that it does not touch. */
    long leastSide() {
        return 3 * patch - 1;
    }

    /**
     * Exchanges pairs, one after the other.
     *
     * @param map {@code [B, C, S, S]}
     * @param first int64 {@code [n, B]}, the places of one patch of each pair
     * @param second int64 {@code [n, B]}, those of the other, which must not overlap it
     */
    Tensor exchange(Tensor map, Tensor first, Tensor second) {
        long side = map.size(2);
        long count = map.size(0);
        Tensor from = Ops.range(side * side, map.device()).unsqueeze(0).expand(count, -1);
        for (long i = 0; i < first.size(0); i++) {
            Tensor one = covered(first.select(0, i), side);
            Tensor other = covered(second.select(0, i), side);
            Tensor kept = from.gather(1, one);
            from = from.scatter(1, one, from.gather(1, other)).scatter(1, other, kept);
        }
        Tensor index = from.unsqueeze(1).expand(count, map.size(1), -1);
        Tensor exchanged = map.flatten(2, 3).gather(2, index);
        return exchanged.view(count, map.size(1), side, side);
    }

    /** Positions on the map under patches at {@code places}, int64 {@code [B] -> [B, p * p]}. */
    private Tensor covered(Tensor places, long side) {
        Tensor along = Ops.range(patch, places.device());
        Tensor under = along.mul(new Scalar(side)).unsqueeze(1).add(along).reshape(-1);
        Tensor corner = row(places, side).mul(new Scalar(side)).add(column(places, side));
        return corner.unsqueeze(1).add(under);
    }

    private Tensor row(Tensor places, long side) {
        return places.floor_divide(new Scalar(side - patch + 1));
    }

    private Tensor column(Tensor places, long side) {
        return places.remainder(new Scalar(side - patch + 1));
    }

    /** A place drawn for each of {@code places}, {@code [B]}, evenly among those that do not overlap it. */
    Tensor apart(Tensor places, long side, Draws draws) {
        Tensor all = Ops.range(places(side), places.device());
        Tensor lots = draws.uniform(places.size(0), places(side));
        Tensor near =
                near(row(places, side), row(all, side)).logical_and(near(column(places, side), column(all, side)));
        return lots.masked_fill(near, Ops.scalar(-1)).argmax(new LongOptional(1), false);
    }

    private Tensor near(Tensor one, Tensor other) {
        return one.unsqueeze(1).sub(other).abs().lt(new Scalar(patch));
    }
}
