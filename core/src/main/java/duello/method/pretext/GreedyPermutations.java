package duello.method.pretext;

import duello.torch.Seeds;
import java.util.Arrays;

/**
 * Chooses permutations that differ in many places: the identity first, then always the candidate whose least distance to
 * those chosen is largest, among equals the one with the largest sum of distances, then the first. The distance of two is
 * the number of places in which they differ. All of it is whole numbers, so every machine chooses the same.
 *
 * <p>Candidates are all permutations in lexicographic order up to 9 cells (362880 of them); of more cells, the identity
 * and a fixed sample of 20000, which is drawn without looking at any run's seed.
 */
final class GreedyPermutations {
    private static final int ALL_UP_TO = 9;
    private static final int SAMPLE = 20_000;

    private final byte[][] candidates;
    private final int[] least;
    private final int[] sums;

    GreedyPermutations(int cells) {
        this.candidates = cells <= ALL_UP_TO ? all(cells) : sample(cells);
        this.least = new int[candidates.length];
        this.sums = new int[candidates.length];
        Arrays.fill(least, Integer.MAX_VALUE);
    }

    /** How many candidates there are; those of a sample are as good as surely distinct. */
    static int candidates(int cells) {
        int count = 1;
        for (int i = 2; i <= cells && cells <= ALL_UP_TO; i++) {
            count *= i;
        }
        return cells <= ALL_UP_TO ? count : SAMPLE;
    }

    /** The first {@code count} of the choice; to be asked once. */
    int[][] take(int count) {
        int[][] chosen = new int[count][];
        int last = 0;
        for (int i = 0; i < count; i++) {
            chosen[i] = widened(candidates[last]);
            last = next(candidates[last]);
        }
        return chosen;
    }

    private int next(byte[] last) {
        int best = 0;
        for (int i = 0; i < candidates.length; i++) {
            int distance = distance(candidates[i], last);
            least[i] = Math.min(least[i], distance);
            sums[i] += distance;
            if (least[i] > least[best] || least[i] == least[best] && sums[i] > sums[best]) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(byte[] one, byte[] other) {
        int different = 0;
        for (int i = 0; i < one.length; i++) {
            different += one[i] == other[i] ? 0 : 1;
        }
        return different;
    }

    private static int[] widened(byte[] permutation) {
        int[] wide = new int[permutation.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = permutation[i];
        }
        return wide;
    }

    private static byte[] identity(int cells) {
        byte[] identity = new byte[cells];
        for (int i = 0; i < cells; i++) {
            identity[i] = (byte) i;
        }
        return identity;
    }

    private static byte[][] all(int cells) {
        byte[][] all = new byte[candidates(cells)][];
        byte[] permutation = identity(cells);
        for (int i = 0; i < all.length; i++) {
            all[i] = permutation.clone();
            advance(permutation);
        }
        return all;
    }

    /** To the next permutation in lexicographic order; the last one stays. */
    private static void advance(byte[] p) {
        int rise = p.length - 2;
        while (rise >= 0 && p[rise] > p[rise + 1]) {
            rise--;
        }
        if (rise < 0) {
            return;
        }
        int larger = p.length - 1;
        while (p[larger] < p[rise]) {
            larger--;
        }
        swap(p, rise, larger);
        for (int i = rise + 1, j = p.length - 1; i < j; i++, j--) {
            swap(p, i, j);
        }
    }

    private static byte[][] sample(int cells) {
        byte[][] sample = new byte[SAMPLE][];
        sample[0] = identity(cells);
        for (int i = 1; i < SAMPLE; i++) {
            byte[] p = identity(cells);
            for (int last = cells - 1; last > 0; last--) {
                swap(p, last, (int) Math.floorMod(Seeds.derive(0, "permutation", i, last), last + 1L));
            }
            sample[i] = p;
        }
        return sample;
    }

    private static void swap(byte[] p, int i, int j) {
        byte kept = p[i];
        p[i] = p[j];
        p[j] = kept;
    }
}
