package duello.data;

/** What happens when a picture cannot be decoded. */
public enum OnCorrupt {
    /** It is left out, with a warning. */
    SKIP,
    /** Nothing is read any further. */
    REFUSE
}
