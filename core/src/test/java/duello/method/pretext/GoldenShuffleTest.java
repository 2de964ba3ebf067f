package duello.method.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.golden.GoldenCase;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of permutations, the cut into tiles, what goes where and the gradient are those of the golden numbers. */
class GoldenShuffleTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    // ---- tables

    @Test
    void thePublishedTableIsThatOfTheAuthors() throws NoSuchAlgorithmException {
        GoldenCase given = GoldenCase.selfSupervision("published_permutation_table_30");
        int[][] rows = rows(PermutationTable.published());
        assertThat(rows).isDeepEqualTo(given.at("rows").rows());
        String digits = Arrays.stream(rows)
                .flatMapToInt(Arrays::stream)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(digits.getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo(given.node()
                        .path("sha256_of_the_rows_as_text_digits_only_no_separators")
                        .asString());
        Hamming hamming = Hamming.of(rows);
        hamming.mustBe(given.at("hamming"));
        assertThat(hamming.sum)
                .isEqualTo(given.at("maximum_possible_sum_for_30_rows").whole());
        assertThat(hamming.sum / (9.0 * hamming.pairs))
                .isCloseTo(given.at("hamming_normalised_mean_over_9").number(), within(1e-9));
    }

    @Test
    void thePublishedTableHasNoIdentityAndEveryTileEverywhere() {
        GoldenCase given = GoldenCase.selfSupervision("published_permutation_table_30");
        int[][] rows = rows(PermutationTable.published());
        int[][] occurrences = new int[9][9];
        for (int i = 0; i < rows.length; i++) {
            int fixed = 0;
            int inversions = 0;
            for (int t = 0; t < 9; t++) {
                fixed += rows[i][t] == t ? 1 : 0;
                occurrences[t][rows[i][t]]++;
                for (int u = t + 1; u < 9; u++) {
                    inversions += rows[i][t] > rows[i][u] ? 1 : 0;
                }
            }
            assertThat(fixed).isEqualTo(given.at("fixed_points_per_row").wholes()[i]);
            assertThat(inversions % 2).isEqualTo(given.at("odd_parity_per_row").wholes()[i]);
            assertThat(fixed).as("row %d is not the identity", i).isLessThan(9);
        }
        assertThat(occurrences)
                .isDeepEqualTo(given.at("occurrences_of_value_v_at_position_t").rows());
    }

    @ParameterizedTest
    @CsvSource({"10, hamming_first_10", "24, hamming_first_24", "30, hamming"})
    void theGreedyTableIsTheGoldenOne(int count, String distances) {
        GoldenCase given = GoldenCase.selfSupervision("deterministic_greedy_table_30");
        int[][] rows = rows(PermutationTable.greedy(9, count, false));
        assertThat(rows).isDeepEqualTo(Arrays.copyOf(given.at("rows").rows(), count));
        Hamming.of(rows).mustBe(given.at(distances));
    }

    private static int[][] rows(PermutationTable table) {
        int[][] rows = new int[table.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = table.row(i);
        }
        return rows;
    }

    private record Hamming(int pairs, int sum, Map<Integer, Integer> histogram) {
        static Hamming of(int[][] rows) {
            int pairs = 0;
            int sum = 0;
            Map<Integer, Integer> histogram = new TreeMap<>();
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < i; j++) {
                    int distance = 0;
                    for (int t = 0; t < rows[i].length; t++) {
                        distance += rows[i][t] == rows[j][t] ? 0 : 1;
                    }
                    pairs++;
                    sum += distance;
                    histogram.merge(distance, 1, Integer::sum);
                }
            }
            return new Hamming(pairs, sum, histogram);
        }

        void mustBe(GoldenCase given) {
            assertThat(pairs).isEqualTo(given.at("pairs").whole());
            assertThat(sum).isEqualTo(given.at("sum").whole());
            assertThat((double) sum / pairs).isCloseTo(given.at("mean").number(), within(1e-9));
            assertThat(histogram).hasSize(given.at("histogram").node().size());
            histogram.forEach((distance, count) -> assertThat(count)
                    .isEqualTo(
                            given.at("histogram").at(String.valueOf(distance)).whole()));
        }
    }

    // ---- tiles

    private static final TileShuffle PUBLISHED = TileShuffle.of(3, PermutationTable.published(), Devices.CPU);

    private static Tensor shuffled(Tensor image, int label) {
        return PUBLISHED.apply(image, Ops.tensor(new long[] {label}, 1));
    }

    /** A square image of {@code 10 * row + column + more}. */
    private static Tensor numbered(int side, int more) {
        double[] pixels = new double[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 10 * (i / side) + i % side + more;
        }
        return Ops.tensor(pixels, 1, 1, side, side);
    }

    private static void same(Tensor ours, GoldenCase golden) {
        assertThat(Ops.toDoubles(ours)).containsExactly(golden.numbers());
    }

    @Test
    void tilesGoWhereTheGoldenNumbersSay() {
        GoldenCase given = GoldenCase.selfSupervision("shuffle_3x3_one_pixel_tiles");
        int distinguished = 0;
        for (GoldenCase row : given.at("rows").items()) {
            int label = row.at("label").whole();
            assertThat(PermutationTable.published().row(label))
                    .isEqualTo(row.at("permutation").wholes());
            Tensor ours = shuffled(given.at("input").image(), label);
            same(ours, row.at("output"));
            double[] scattered = row.at("wrong_scatter_convention_output").numbers();
            distinguished += Arrays.equals(Ops.toDoubles(ours), scattered) ? 0 : 1;
            int[][] inverse = {row.at("inverse_permutation").wholes()};
            TileShuffle back = TileShuffle.of(3, PermutationTable.of(inverse), Devices.CPU);
            same(back.apply(ours, Ops.tensor(new long[1], 1)), row.at("restored_by_inverse"));
        }
        assertThat(distinguished).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9, shuffle_9x9", "8, shuffle_8x8_remainder_2", "10, shuffle_10x10_remainder_1"})
    void imagesOfEverySizeAreCutAndPaddedAsPublished(String sized) {
        int side = Integer.parseInt(sized.split(", ", 2)[0]);
        GoldenCase given = GoldenCase.selfSupervision(sized.split(", ", 2)[1]);
        same(shuffled(numbered(side, 0), given.at("label").whole()), given.at("output"));
    }

    @Test
    void theGeometryIsTheGoldenOne() {
        for (GoldenCase row :
                GoldenCase.selfSupervision("tile_geometry").at("rows").items()) {
            long size = row.at("size").whole();
            TileShuffle.Geometry g = TileShuffle.Geometry.of(size, 3);
            assertThat(g.tile()).isEqualTo(row.at("tile").whole());
            assertThat(g.covered()).isEqualTo(row.at("covered").whole());
            assertThat(size - g.covered()).isEqualTo(row.at("dropped").whole());
            assertThat(new int[] {(int) g.before(), (int) g.after(), (int) g.before(), (int) g.after()})
                    .isEqualTo(row.at("pad_left_right_top_bottom").wholes());
        }
    }

    @Test
    void everyImageOfABatchHasItsOwnPermutation() {
        GoldenCase given = GoldenCase.selfSupervision("shuffle_batch_per_image_label");
        Tensor both = Ops.cat(0, numbered(9, 0), numbered(9, 100));
        same(PUBLISHED.apply(both, given.at("labels").labels()), given.at("output"));
    }

    @Test
    void theGradientReachesEveryPixelThatIsShown() {
        GoldenCase given = GoldenCase.selfSupervision("shuffle_8x8_gradient");
        Tensor image = numbered(8, 0).requires_grad_(true);
        Tensor sum = shuffled(image, given.at("label").whole())
                .mul(given.at("weights").image())
                .sum();
        double[] gradient = Ops.toDoubles(Ops.grad(sum, image, false));
        assertThat(gradient).containsExactly(given.at("gradient").numbers(), within(1e-12));
        assertThat(Arrays.stream(gradient).filter(v -> v != 0)).hasSize(36);
    }
}
