package duello.train;

/** Training broke down: a loss is no longer a finite number. */
public final class Diverged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The part that is not finite, such as {@code discriminator.class}. */
    private final String part;

    Diverged(String part, long step) {
        super("training broke down at iteration " + step + ": the loss '" + part
                + "' is not a finite number; resume from a checkpoint with a lower learning rate or weight");
        this.part = part;
    }

    public String part() {
        return part;
    }
}
