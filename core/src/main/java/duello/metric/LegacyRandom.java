package duello.metric;

import java.util.Arrays;

/**
 * The random stream of NumPy's {@code RandomState}: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) with
 * its classic seeding. Published scores that shuffle or draw subsets name a seed of this stream.
 */
final class LegacyRandom {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    LegacyRandom(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** The next 32 bits. */
    int word() {
        if (next == N) {
            refill();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void refill() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }

    /** Uniform in {@code 0 .. most}, by masking and rejecting. */
    int upTo(int most) {
        if (most == 0) {
            return 0;
        }
        int mask = -1 >>> Integer.numberOfLeadingZeros(most);
        int draw = word() & mask;
        while (draw > most) {
            draw = word() & mask;
        }
        return draw;
    }

    /** A shuffle of {@code 0 .. n - 1}. */
    int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = upTo(i);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /** {@code count} different numbers of {@code 0 .. n - 1}. */
    int[] choice(int n, int count) {
        return Arrays.copyOf(permutation(n), count);
    }
}
