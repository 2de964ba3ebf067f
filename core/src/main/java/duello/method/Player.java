package duello.method;

import java.util.Locale;

/** The two that play against each other. */
public enum Player {
    DISCRIMINATOR,
    GENERATOR;

    /** Its name in logs and files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Player opponent() {
        return this == DISCRIMINATOR ? GENERATOR : DISCRIMINATOR;
    }
}
