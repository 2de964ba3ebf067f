package duello.metric;

/** Hears how far a long computation has come; called on the computing thread, so it should return at once. */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = (stage, done, total) -> {};

    /**
     * Called now and then, and once with {@code done == total} at the end of each stage.
     *
     * @param stage what is being done, in a few words
     * @param done how many images (or training images) are done
     * @param total how many there are
     */
    void progress(String stage, long done, long total);
}
