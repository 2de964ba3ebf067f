package duello.model;

/** A catalogue entry: the settings of the one head whose output the adversarial loss reads. */
public interface LogitHead {
    /** Builds it at {@code site} for {@code classes} classes. */
    Head build(HeadSite site, int classes);

    /** Whether its output is one score per class and one for fakes, {@code [B, K + 1]}, instead of one logit. */
    default boolean perClass() {
        return false;
    }

    /** Whether it learns to tell classes apart, so that images of one class make no sense of it. */
    default boolean needsClasses() {
        return false;
    }
}
