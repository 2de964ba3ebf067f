package duello.method;

/** Adds to a player's loss. */
public interface Term extends Method {
    /** How often it takes part in a player's updates; a pass of its own only for a player that it adds something to. */
    default Cadence cadence(Player player) {
        return Cadence.EACH;
    }

    /** Before the discriminator's first pass in its own turn: mark what needs a gradient. Passes are refused here. */
    default void prepare(Step s) {}

    /** Adds this term's parts to the discriminator's loss. */
    default void discriminator(Step s, Loss loss) {}

    /** Adds this term's parts to the generator's loss. */
    default void generator(Step s, Loss loss) {}
}
