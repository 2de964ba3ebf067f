package duello.studio.run;

/** The user wished to stop while something long went on that has no better way to end. */
public final class InterruptedWork extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InterruptedWork() {
        super("interrupted");
    }
}
