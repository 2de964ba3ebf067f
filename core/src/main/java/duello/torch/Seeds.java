package duello.torch;

/**
 * Randomness as a function: the seed of every draw is computed from the run's seed, the name of the stream that asks
 * and its coordinates (step or epoch, micro batch, rank). Nothing random has to be saved, and nobody's draws shift when
 * another stream is added.
 */
public final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * The seed of one stream at one place.
     *
     * @param seed the run's seed
     * @param stream the asker's name, such as {@code "latent"} or {@code "data.order"}
     * @param coordinates where in the run: step, micro batch, rank, ...; their order matters
     * @return 64 well mixed bits; the same arguments always give the same bits, on every machine
     */
    public static long derive(long seed, String stream, long... coordinates) {
        long h = mix(seed + GOLDEN_GAMMA);
        for (int i = 0; i < stream.length(); i++) {
            h = mix(h ^ stream.charAt(i)) + GOLDEN_GAMMA;
        }
        h = mix(h ^ stream.length());
        for (long c : coordinates) {
            h = mix(h + GOLDEN_GAMMA ^ mix(c + GOLDEN_GAMMA));
        }
        return h;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
