package duello.method;

/** Holds parameters still: they get no gradient and do not move, though gradients pass through to others. */
public interface Freeze extends Method {
    /**
     * Whether a parameter stays as it is in iteration {@code step}.
     *
     * @param owner whose network it is in
     * @param parameter its name in that network's state dict, or a {@link Learner}'s
     */
    boolean frozen(Player owner, String parameter, long step);
}
