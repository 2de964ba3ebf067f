package duello.catalog;

/**
 * A failure that the user can do something about: a wrong recipe, a missing file, a broken image. The message is one
 * line that says what is wrong, where, and what to do; the command line prints it alone and exits with 2.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
