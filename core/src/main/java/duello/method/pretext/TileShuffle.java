package duello.method.pretext;

import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Cuts an image into {@code g x g} tiles and puts them together in another order: at place t, counted row by row, comes
 * tile {@code p[t]}, where p is the row of the class in a table of permutations. Tiles are {@code w = floor(S / g)} wide;
 * what remains at the right and at the bottom is dropped, and the result is brought back to S by repeating its edges:
 * {@code ceil(r / 2)} pixels at the left and at the top, {@code floor(r / 2)} at the right and at the bottom for a
 * remainder of r.
 *
 * @param grid g
 * @param table int64 {@code [K, g * g]}, one permutation a row; lives as long as this
 */
public record TileShuffle(int grid, Tensor table) implements Transformation {
    /**
     * What becomes of an image of a certain size, in pixels.
     *
     * @param tile a tile's side
     * @param covered the side of all tiles together
     * @param before rows repeated at the top, and columns at the left
     * @param after rows repeated at the bottom, and columns at the right
     */
    public record Geometry(long tile, long covered, long before, long after) {
        /** Of images with {@code size} pixels a side and {@code grid} tiles a side. */
        public static Geometry of(long size, long grid) {
            long tile = size / grid;
            long remainder = size - tile * grid;
            return new Geometry(tile, tile * grid, (remainder + 1) / 2, remainder / 2);
        }
    }

    /** Shuffles as a table says, on a device. */
    public static TileShuffle of(int grid, PermutationTable permutations, Device device) {
        if (permutations.cells() != grid * grid) {
            throw new IllegalArgumentException(
                    "permutations of " + permutations.cells() + " tiles do not fit a grid of " + grid);
        }
        return new TileShuffle(grid, Scope.kept(() -> permutations.tensor(device)));
    }

    @Override
    public int classes() {
        return Math.toIntExact(table.size(0));
    }

    @Override
    public Tensor apply(Tensor images, Tensor classes) {
        long count = images.size(0);
        long channels = images.size(1);
        long cells = table.size(1);
        Geometry g = Geometry.of(images.size(2), grid);
        Tensor tiles = images.narrow(2, 0, g.covered)
                .narrow(3, 0, g.covered)
                .reshape(count, channels, grid, g.tile, grid, g.tile)
                .permute(0, 2, 4, 1, 3, 5)
                .reshape(count * cells, channels, g.tile, g.tile);
        Tensor firsts = Ops.range(count, images.device()).mul(new Scalar(cells)).unsqueeze(1);
        Tensor from = table.index_select(0, classes).add(firsts).reshape(-1);
        Tensor shuffled = tiles.index_select(0, from)
                .view(count, grid, grid, channels, g.tile, g.tile)
                .permute(0, 3, 1, 4, 2, 5)
                .reshape(count, channels, g.covered, g.covered);
        return g.before == 0 ? shuffled : torch.replication_pad2d(shuffled, g.before, g.after, g.before, g.after);
    }
}
