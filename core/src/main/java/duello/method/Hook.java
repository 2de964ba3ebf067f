package duello.method;

/** Is told of events. Hooks are called in the recipe's order. */
public interface Hook extends Method {
    /**
     * After the loss of one micro batch is there and before anything is differentiated: the graph is whole. Who takes
     * gradients of its own here leaves those of the parameters alone and makes no pass.
     */
    default void beforeBackward(Step s, Loss loss) {}

    /** After the gradients of one micro batch are there; the step's tensors are still alive. */
    default void afterBackward(Step s, Loss loss) {}

    /** After a player's optimiser has stepped. */
    default void afterUpdate(Player player, long step) {}

    /** After both players had their turns of iteration {@code step}, counted from 0. */
    default void afterIteration(long step) {}
}
