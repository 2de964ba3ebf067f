package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Range;
import duello.model.ImageDomain;
import org.bytedeco.pytorch.Device;

/**
 * How images are cut into tiles and in which orders the tiles are put together. The published table's 30 rows have the
 * largest mean distance there is, yet two of them may differ in four tiles only; greedy tables keep the least distance
 * large (7 of 9 for 30 rows).
 */
public record Tiles(
        @Doc("Tiles along each side") @Default("3") @Range(min = 2, max = 8)
        int grid,

        @Doc("Which orders: published, the 30 of the paper's code, or greedy, as different as possible")
        @Default("published")
        Orders orders,

        @Doc("How many orders there are to tell apart") @Default("30") @Range(min = 2, max = 1000)
        int permutations,

        @Doc("Whether greedy leaves out the order that changes nothing; the published ones are without")
        @Default("false")
        boolean excludeIdentity) {
    /** Where the orders come from. */
    public enum Orders {
        PUBLISHED,
        GREEDY
    }

    /** @throws IllegalArgumentException if there are not as many orders of so many tiles */
    public Tiles {
        if (orders == Orders.PUBLISHED && (grid != 3 || permutations > 30)) {
            throw new IllegalArgumentException("the published orders are 30 of 3x3 tiles, not " + permutations + " of "
                    + grid + "x" + grid + "; set orders: greedy");
        }
        long there = PermutationTable.available(grid * grid, excludeIdentity);
        if (permutations > there) {
            throw new IllegalArgumentException("there are " + there + " orders of " + grid + "x" + grid + " tiles, not "
                    + permutations + "; set permutations: " + there);
        }
    }

    /** The orders; a function of these settings alone. */
    public PermutationTable table() {
        return orders == Orders.PUBLISHED
                ? PermutationTable.published().first(permutations)
                : PermutationTable.greedy(grid * grid, permutations, excludeIdentity);
    }

    /** @throws Failure if the images are too small to be cut */
    TileShuffle shuffle(ImageDomain domain, Device device) {
        if (domain.resolution() < grid) {
            throw new Failure("images of " + domain.resolution() + " pixels cannot be cut into " + grid + "x" + grid
                    + " tiles; lower tiles.grid");
        }
        return TileShuffle.of(grid, table(), device);
    }
}
