package duello.method;

/** The two that play against each other. */
public enum Player {
    DISCRIMINATOR,
    GENERATOR;

    public Player opponent() {
        return this == DISCRIMINATOR ? GENERATOR : DISCRIMINATOR;
    }
}
