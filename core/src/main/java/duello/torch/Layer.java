package duello.torch;

/** Anything with parameters of its own. */
public interface Layer {
    /** The tree of its tensors. */
    Module module();
}
