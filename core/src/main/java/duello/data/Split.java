package duello.data;

/** Which part of the images: those to learn from, or those held back to judge. */
public enum Split {
    TRAIN,
    VALIDATION
}
