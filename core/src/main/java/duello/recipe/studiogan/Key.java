package duello.recipe.studiogan;

/**
 * A setting of the reference's files.
 *
 * @param path section and name, such as {@code LOSS.adv_loss}
 * @param kind what its values are
 * @param blank which placeholders may stand for a value
 * @param fallback what it is when a file does not say, as a file would write it
 * @param allowed its values
 * @param meaning one sentence
 */
record Key(String path, Kind kind, Blank blank, String fallback, Allowed allowed, String meaning) {
    /** What says that a setting has no value. */
    enum Blank {
        /** Nothing: there must be a value. */
        NONE,
        /** The text N/A. */
        UNSET,
        /** The text N/A, or YAML's null with a meaning of its own. */
        UNSET_OR_NULL
    }

    String section() {
        return path.substring(0, path.indexOf('.'));
    }

    String name() {
        return path.substring(path.indexOf('.') + 1);
    }
}
