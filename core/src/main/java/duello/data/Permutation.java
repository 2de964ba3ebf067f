package duello.data;

import java.util.Random;

/** Orders of {@code 0 .. n - 1} as a function of a seed, the same on every machine. */
final class Permutation {
    private Permutation() {}

    /** Fisher and Yates' shuffle; {@link Random} because the platform specifies its numbers bit by bit. */
    static int[] of(int n, long seed) {
        Random random = new Random(seed);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
