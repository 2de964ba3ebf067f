package duello.studio.console;

/** Shows how far a long task has come. */
public interface Progress extends AutoCloseable {
    /** Shows nothing. */
    Progress NONE = (done, remark) -> {};

    /**
     * The task has come to {@code done} of its total.
     *
     * @param remark a few words on where it stands; may be empty
     */
    void at(long done, String remark);

    @Override
    default void close() {}
}
