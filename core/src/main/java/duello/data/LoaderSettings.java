package duello.data;

/**
 * How a {@link Loader} makes batches.
 *
 * @param batch images in a batch of one process; at least 1
 * @param seed the run's seed, which decides order and flips
 * @param flip whether each image is mirrored left to right with probability 1/2
 * @param rank which of the processes this is, in {@code 0 .. world - 1}
 * @param world how many processes share the images; at least 1
 * @param threads how many threads read; at least 1
 * @param readAhead how many batches wait ready at most; at least 1
 * @param replacement whether each image is drawn from all of them, so that a batch may hold one twice; else all come in turn
 */
public record LoaderSettings(
        int batch, long seed, boolean flip, int rank, int world, int threads, int readAhead, boolean replacement) {
    private static final int THREADS = 2;
    private static final int READ_AHEAD = 4;

    /** @throws IllegalArgumentException if a number is outside its range */
    public LoaderSettings {
        atLeastOne("batch", batch);
        atLeastOne("world", world);
        atLeastOne("threads", threads);
        atLeastOne("readAhead", readAhead);
        if (rank < 0 || rank >= world) {
            throw new IllegalArgumentException("rank " + rank + " is not between 0 and " + (world - 1));
        }
    }

    /** Images come in turn, in a shuffled order for each epoch. */
    public LoaderSettings(int batch, long seed, boolean flip, int rank, int world, int threads, int readAhead) {
        this(batch, seed, flip, rank, world, threads, readAhead, false);
    }

    /** One process, two threads, four batches ahead. */
    public static LoaderSettings single(int batch, long seed, boolean flip) {
        return new LoaderSettings(batch, seed, flip, 0, 1, THREADS, READ_AHEAD);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }
}
