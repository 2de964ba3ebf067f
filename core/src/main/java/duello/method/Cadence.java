package duello.method;

/**
 * How often a term takes part in a player's updates, which are counted from 0 through the run.
 *
 * @param every it takes part in updates 0, every, 2 every, ...
 * @param scaled whether its weights are multiplied by {@code every}, so that the mean pull stays
 * @param ownPass whether it has an update to itself, after the main one and on the same images, instead of a share in it
 */
public record Cadence(long every, boolean scaled, boolean ownPass) {
    /** In every update, beside the other terms. */
    public static final Cadence EACH = new Cadence(1, false, false);

    public Cadence {
        if (every < 1) {
            throw new IllegalArgumentException("a term cannot take part every " + every + " updates");
        }
    }

    /** Every n-th update, beside the other terms and n times as strong (lazy regularisation). */
    public static Cadence lazy(long every) {
        return new Cadence(every, true, false);
    }

    /** After every n-th update, in one of its own, n times as strong. */
    public static Cadence own(long every) {
        return new Cadence(every, true, true);
    }

    /** Every n-th update, no stronger for it. */
    public static Cadence sparse(long every) {
        return new Cadence(every, false, false);
    }

    /** Whether it takes part in update {@code number}. */
    public boolean due(long number) {
        return number % every == 0;
    }

    /** What its weights are multiplied by. */
    public double factor() {
        return scaled ? every : 1;
    }
}
