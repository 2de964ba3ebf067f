package duello.bench;

import duello.train.Trainer;
import java.util.Map;

/** A GAN with its sizes that both sides of {@link StepRace} train. {@link Gans} lists those that there are. */
interface Gan {
    /** What {@code --gan} calls it; {@code bench/peers/<name>_step.py} trains the same in PyTorch. */
    String name();

    /** What is trained, with its sizes, in words. */
    String words();

    /** Its options for both sides, with their values. */
    Map<String, Integer> sizes();

    /**
     * The same GAN with the sizes that are among {@code options}, and its own where they are not.
     *
     * @throws duello.catalog.Failure if one is too small
     */
    Gan sized(Options options);

    /** Iterations of a turn, unless told otherwise: so many that every turn has the same updates. */
    int block();

    /** A fresh trainer on the processor. */
    Trainer trainer();
}
