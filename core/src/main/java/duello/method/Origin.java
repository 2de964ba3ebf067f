package duello.method;

/** Where images that a discriminator judges come from. */
public enum Origin {
    REAL,
    FAKE,
    /** Neither: interpolations, turned or shuffled images. */
    OTHER
}
