package duello.train;

/** The arithmetic of forward passes. */
public enum Precision {
    /** Single precision throughout. */
    FLOAT32,
    /** Convolutions and linear maps in bfloat16, the rest and the weights in single precision. */
    BFLOAT16
}
