package duello.dist;

/**
 * How strongly a loss of gathered rows pulls. Every process computes the loss of all rows and differentiates by its own;
 * the gradients are then averaged, which divides them by the number of processes W once too often.
 */
public enum Gathering {
    /** The own rows' gradient is multiplied by W: W processes train as one would on the whole batch. */
    SOUND,
    /** It is not, as in PyTorch-StudioGAN: losses of gathered rows (2C, D2D-CE, LeCam) weigh 1 / W as much. */
    REFERENCE
}
