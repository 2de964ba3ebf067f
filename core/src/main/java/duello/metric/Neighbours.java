package duello.metric;

import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Squared Euclidean distances between rows, in float64 and in tiles. */
final class Neighbours {
    private Neighbours() {}

    /** What is done with the squared distances of rows from {@code top} and columns from {@code left}. */
    @FunctionalInterface
    interface TileAction {
        void accept(Tensor squared, long top, long left);
    }

    /** Every tile of the distances of {@code x} to {@code y}; tiles of the same rows follow each other. */
    static void forEachTile(Tensor x, Tensor y, TileAction action) {
        Blocks.forEach(
                x,
                Blocks.ROWS,
                (a, top, bottom) ->
                        Blocks.forEach(y, Blocks.COLUMNS, (b, left, right) -> action.accept(squared(a, b), top, left)));
    }

    /** {@code |a|^2 + |b|^2 - 2ab}; what rounding cannot tell from 0 is 0, so that duplicates are at distance 0. */
    private static Tensor squared(Tensor a, Tensor b) {
        Tensor scale = Ops.sum(a.square(), true, 1).add(Ops.sum(b.square(), false, 1));
        Tensor distance = scale.clone().addmm_(a, b.t(), Ops.scalar(1), Ops.scalar(-2));
        Tensor floor = scale.mul_(Ops.scalar(2 * a.size(1) * Math.ulp(1.0)));
        return distance.mul_(distance.gt(floor));
    }

    /**
     * For each row of {@code x} the squared distance to its k-th nearest other row, {@code [n]}, kept.
     *
     * <p>That is the (k+1)-th smallest of all, the row itself included at exactly 0.
     */
    static Tensor squaredRadii(Tensor x, int k) {
        long n = x.size(0);
        Tensor radii = Scope.kept(() -> Blocks.zeros(n));
        Blocks.forEach(x, Blocks.ROWS, (a, top, bottom) -> {
            Tensor nearest = Ops.add(Blocks.zeros(bottom - top, k + 1), Double.POSITIVE_INFINITY);
            Blocks.forEach(x, Blocks.COLUMNS, (b, left, right) -> {
                Tensor distances = squared(a, b);
                if (left < bottom && top < right) {
                    distances.diagonal(top - left, 0, 1).fill_(Ops.scalar(0));
                }
                Tensor merged = Ops.cat(1, nearest, distances);
                nearest.copy_(torch.topk(merged, k + 1, 1, false, true).get0());
            });
            Ops.rows(radii, top, bottom).copy_(nearest.select(1, k));
        });
        return radii;
    }
}
