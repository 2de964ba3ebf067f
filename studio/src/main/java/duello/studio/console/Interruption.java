package duello.studio.console;

/** The user's wish to stop, which long work asks for at places where it can stop. */
public final class Interruption {
    private volatile boolean wished;

    /** Wishes to stop. */
    public void wish() {
        wished = true;
    }

    /** Whether the user wishes to stop. */
    public boolean wished() {
        return wished;
    }
}
