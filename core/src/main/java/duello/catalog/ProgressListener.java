package duello.catalog;

/** Hears how far a long computation has come; called on a computing thread, one call
 * at a time, so it should return at once. What it throws ends the computation. */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = (stage, done, total) -> {};

    /**
     * Called now and then, and once with {@code done == total} at the end of each stage.
     *
     * @param stage what is being done, in a few words
     * @param done how many images (or whatever the stage is made of) are done
     * @param total how many there are
     */
    void progress(String stage, long done, long total);
}
