package duello.method.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.Method;
import duello.model.ImageDomain;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for transformations, tables and exchanges whatever the numbers are. */
class PretextPropertiesTest {
    private final Scope scope = Scope.open();
    private final SeededDraws draws = new SeededDraws(7, Devices.CPU);

    @AfterEach
    void close() {
        scope.close();
    }

    // ---- shuffling

    @ParameterizedTest
    @CsvSource({"2, 16, 24", "3, 18, 30", "4, 16, 40", "5, 20, 12"})
    void theInversePermutationRestoresWhatWasShuffled(int grid, int side, int count) {
        PermutationTable table = PermutationTable.greedy(grid * grid, count, false);
        int[][] inverse = new int[count][grid * grid];
        for (int i = 0; i < count; i++) {
            for (int t = 0; t < grid * grid; t++) {
                inverse[i][table.row(i)[t]] = t;
            }
        }
        TileShuffle there = TileShuffle.of(grid, table, Devices.CPU);
        TileShuffle back = TileShuffle.of(grid, PermutationTable.of(inverse), Devices.CPU);
        Tensor images = draws.normal(count, 3, side, side);
        Tensor classes = Ops.range(count, Devices.CPU);
        Tensor shuffled = there.apply(images, classes);
        assertThat(Ops.toFloats(back.apply(shuffled, classes))).containsExactly(Ops.toFloats(images));
        assertThat(Ops.toFloats(Ops.rows(shuffled, 1, count))).isNotEqualTo(Ops.toFloats(Ops.rows(images, 1, count)));
    }

    @ParameterizedTest
    @CsvSource({"23, 5, 4, 20, 2, 1", "19, 5, 3, 15, 2, 2", "31, 8, 3, 24, 4, 3", "17, 4, 4, 16, 1, 0"})
    void largerRemaindersAreSplitWithTheOddPixelInFront(
            long size, long grid, long tile, long covered, long before, long after) {
        assertThat(TileShuffle.Geometry.of(size, grid))
                .isEqualTo(new TileShuffle.Geometry(tile, covered, before, after));
        TileShuffle shuffle =
                TileShuffle.of((int) grid, PermutationTable.greedy((int) (grid * grid), 3, false), Devices.CPU);
        Tensor images = draws.normal(2, 3, size, size);
        assertThat(Ops.shape(shuffle.apply(images, draws.ints(3, 2)))).containsExactly(2, 3, size, size);
    }

    @Test
    void everyImageOfABatchIsDrawnItsOwnClass() {
        Assignment assignment =
                new DeshuffleTask(tiles(3, Tiles.Orders.PUBLISHED, 30), 1).assign(new ImageDomain(18, 1), Devices.CPU);
        Tensor one = draws.normal(1, 3, 18, 18);
        Assignment.Transformed t = assignment.of(one.expand(64, 3, 18, 18), Ops.range(64, Devices.CPU), draws);
        Set<Long> classes = new HashSet<>();
        for (long label : Ops.toLongs(t.classes())) {
            assertThat(label).isBetween(0L, 29L);
            classes.add(label);
        }
        assertThat(classes).hasSizeGreaterThan(15);
        for (int i = 0; i < 8; i++) {
            Tensor alone = assignment.transformation().apply(one, Ops.rows(t.classes(), i, i + 1));
            assertThat(Ops.toFloats(Ops.rows(t.images(), i, i + 1))).containsExactly(Ops.toFloats(alone));
        }
    }

    @Test
    void aShareIsTakenFromTheEndOfTheBatch() {
        Tensor images = Ops.range(10, Devices.CPU).view(10, 1, 1, 1);
        Tensor labels = Ops.range(10, Devices.CPU);
        Assignment.Transformed some = new Assignment(new QuarterTurns(), Layout.RANDOM, 0.3).of(images, labels, draws);
        assertThat(Ops.toLongs(some.images())).containsExactly(7, 8, 9);
        assertThat(Ops.toLongs(some.labels())).containsExactly(7, 8, 9);
        Assignment.Transformed four = new Assignment(new QuarterTurns(), Layout.ALL_FOUR, 1).of(images, labels, draws);
        assertThat(Ops.toLongs(four.images())).containsExactly(8, 9, 8, 9, 8, 9, 8, 9);
        assertThat(Ops.toLongs(four.classes())).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    // ---- tables

    @Test
    void withoutTheIdentityTheOthersStay() {
        PermutationTable all = PermutationTable.greedy(9, 6, false);
        PermutationTable others = PermutationTable.greedy(9, 5, true);
        assertThat(all.row(0)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        for (int i = 0; i < 5; i++) {
            assertThat(others.row(i)).isEqualTo(all.row(i + 1));
        }
    }

    @Test
    void allOrdersOfFewTilesCanBeHadAndNoMore() {
        PermutationTable all = PermutationTable.greedy(4, 24, false);
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            distinct.add(Arrays.toString(all.row(i)));
        }
        assertThat(distinct).hasSize(24);
        assertThatThrownBy(() -> PermutationTable.greedy(4, 25, false))
                .isInstanceOf(Failure.class)
                .hasMessage("there are 24 orders of 4 tiles, not 25; ask for at most that many permutations");
        assertThatThrownBy(() -> PermutationTable.greedy(4, 24, true)).hasMessageContaining("there are 23 orders");
    }

    @Test
    void ordersOfManyTilesAreFarApartAndTheSameEveryTime() {
        PermutationTable table = PermutationTable.greedy(16, 30, false);
        PermutationTable again = PermutationTable.greedy(16, 30, false);
        int least = 16;
        for (int i = 0; i < 30; i++) {
            assertThat(again.row(i)).isEqualTo(table.row(i));
            for (int j = 0; j < i; j++) {
                int same = 0;
                for (int t = 0; t < 16; t++) {
                    same += table.row(i)[t] == table.row(j)[t] ? 1 : 0;
                }
                least = Math.min(least, 16 - same);
            }
        }
        assertThat(least).isGreaterThanOrEqualTo(14);
    }

    @Test
    void aTableOfSomethingElseIsRefused() {
        int[][] twice = {{0, 1, 2, 3}, {0, 0, 2, 3}};
        assertThatThrownBy(() -> PermutationTable.of(twice)).hasMessageContaining("row 1 is no permutation");
        assertThatThrownBy(() -> TileShuffle.of(2, PermutationTable.published(), Devices.CPU))
                .hasMessageContaining("do not fit");
    }

    // ---- settings

    private static Tiles tiles(int grid, Tiles.Orders orders, int permutations) {
        return new Tiles(grid, orders, permutations, false);
    }

    private static void refused(String yaml, String message) {
        assertThatThrownBy(() -> RecipeReader.standard().read(new RecipeText("mine.yaml", yaml, null), Method.class))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("mine.yaml:1:")
                .hasMessageContaining(message);
    }

    @Test
    void whatCannotBeIsRefusedWithAPlaceAndAWayOut() {
        refused(
                "{type: deshuffle, tiles: {grid: 2, orders: greedy}}",
                "there are 24 orders of 2x2 tiles, not 30; set permutations: 24");
        refused("{type: deshuffle, tiles: {grid: 4}}", "the published orders are 30 of 3x3 tiles, not 30 of 4x4; set");
        refused("{type: deshuffle, tiles: {permutations: 31}}", "set orders: greedy");
        refused("{type: rotation, share: 2}", "share is at most 1");
        refused("{type: dagan, loss: multi_hinge}", "one number an image");
    }

    @Test
    void imagesSmallerThanTheGridAreRefused() {
        PretextTask task = new DeshuffleTask(tiles(8, Tiles.Orders.GREEDY, 4), 1);
        assertThatThrownBy(() -> task.assign(new ImageDomain(4, 1), Devices.CPU))
                .isInstanceOf(Failure.class)
                .hasMessage("images of 4 pixels cannot be cut into 8x8 tiles; lower tiles.grid");
    }

    // ---- patches

    @Test
    void drawnPatchesNeverOverlapAndStandAnywhere() {
        PatchExchange patches = new PatchExchange(2);
        int side = 5;
        int across = side - 1;
        Tensor first = Ops.range(patches.places(side), Devices.CPU).repeat(40);
        long[] one = Ops.toLongs(first);
        long[] other = Ops.toLongs(patches.apart(first, side, draws));
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < one.length; i++) {
            long rows = Math.abs(one[i] / across - other[i] / across);
            long columns = Math.abs(one[i] % across - other[i] % across);
            assertThat(Math.max(rows, columns)).isGreaterThanOrEqualTo(2);
            seen.add(other[i]);
        }
        assertThat(seen).hasSize(across * across);
    }

    @Test
    void anExchangeKeepsAllFeaturesOfAnImageAndTheirGradient() {
        PatchExchange patches = new PatchExchange(2);
        Tensor map = draws.normal(3, 2, 8, 8).requires_grad_(true);
        Tensor first = draws.ints(patches.places(8), 6, 3);
        Tensor[] others = new Tensor[6];
        for (int i = 0; i < 6; i++) {
            others[i] = patches.apart(first.select(0, i), 8, draws).unsqueeze(0);
        }
        Tensor exchanged = patches.exchange(map, first, Ops.cat(0, others));
        float[] before = Ops.toFloats(map);
        float[] after = Ops.toFloats(exchanged);
        assertThat(after).isNotEqualTo(before);
        for (int plane = 0; plane < 6; plane++) {
            assertThat(sorted(after, plane)).containsExactly(sorted(before, plane));
        }
        assertThat(Ops.toFloats(Ops.grad(exchanged.sum(), map, false))).containsOnly(1f);
    }

    private static float[] sorted(float[] maps, int plane) {
        float[] part = Arrays.copyOfRange(maps, plane * 64, plane * 64 + 64);
        Arrays.sort(part);
        return part;
    }
}
