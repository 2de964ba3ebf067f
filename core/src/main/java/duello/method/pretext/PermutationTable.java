package duello.method.pretext;

import duello.catalog.Failure;
import duello.torch.Ops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Permutations of the same number of cells; the place in the table is the class that a head names. */
public final class PermutationTable {
    private static final String PUBLISHED = "deshuffle-permutations-30.csv";

    private final int[][] rows;

    private PermutationTable(int[][] rows) {
        this.rows = rows;
    }

    /**
     * The table of these rows.
     *
     * @throws IllegalArgumentException unless each is a permutation of {@code 0 ... n - 1}, all of the same n
     */
    public static PermutationTable of(int[][] rows) {
        int[][] copy = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
            int[] sorted = rows[i].clone();
            Arrays.sort(sorted);
            for (int j = 0; j < sorted.length; j++) {
                if (sorted[j] != j || sorted.length != rows[0].length) {
                    throw new IllegalArgumentException(
                            "row " + i + " is no permutation like the others: " + Arrays.toString(rows[i]));
                }
            }
        }
        return new PermutationTable(copy);
    }

    /** The 30 permutations of 9 tiles that the authors of DeshuffleGAN published and trained with. */
    public static PermutationTable published() {
        try (InputStream in = Objects.requireNonNull(PermutationTable.class.getResourceAsStream(PUBLISHED), PUBLISHED);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return of(lines.lines()
                    .skip(1)
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .skip(1)
                            .mapToInt(Integer::parseInt)
                            .toArray())
                    .toArray(int[][]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(PUBLISHED, e);
        }
    }

    /**
     * Permutations that differ from each other in many places, the same on every machine: see {@link
     * GreedyPermutations}. The first n of a longer table are the table of n.
     *
     * @param excludeIdentity whether the permutation that changes nothing, class 0 otherwise, is left out
     * @throws Failure if there are not as many
     */
    public static PermutationTable greedy(int cells, int count, boolean excludeIdentity) {
        long there = available(cells, excludeIdentity);
        if (count > there) {
            throw new Failure("there are " + there + " orders of " + cells + " tiles, not " + count
                    + "; ask for at most that many permutations");
        }
        int first = excludeIdentity ? 1 : 0;
        int[][] rows = new GreedyPermutations(cells).take(count + first);
        return of(Arrays.copyOfRange(rows, first, rows.length));
    }

    /** How many permutations {@link #greedy} can give at most. */
    public static long available(int cells, boolean excludeIdentity) {
        return GreedyPermutations.candidates(cells) - (excludeIdentity ? 1 : 0);
    }

    /** The first {@code count} of these. */
    public PermutationTable first(int count) {
        return of(Arrays.copyOf(rows, count));
    }

    /** How many permutations. */
    public int size() {
        return rows.length;
    }

    /** Of how many cells. */
    public int cells() {
        return rows[0].length;
    }

    /** The permutation of a class. */
    public int[] row(int label) {
        return rows[label].clone();
    }

    /** int64 {@code [size, cells]}. */
    public Tensor tensor(Device device) {
        long[] all =
                Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
        return Ops.tensor(all, size(), cells()).to(device, ScalarType.Long);
    }
}
