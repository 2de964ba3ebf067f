package duello.recipe;

/** How far a recipe can be trusted to give the published score. */
public enum Status {
    /** Trained to the end here; the score is ours, with its protocol. */
    VERIFIED,
    /** The settings are the published ones and the parts are tested; not trained to the end here. */
    PORTED,
    /** A small one to learn from or to start with; claims no score. */
    EXAMPLE
}
