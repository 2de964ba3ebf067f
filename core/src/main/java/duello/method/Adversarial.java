package duello.method;

import java.util.function.Supplier;

/**
 * A catalogue entry: an adversarial loss as a pure function of logits. It knows neither networks nor steps; the {@link
 * AdversarialTerm} plays it.
 */
public interface Adversarial {
    /** What the discriminator minimises. */
    PerSample discriminator(Scored real, Scored fake);

    /** What the generator minimises; only relativistic losses ask for the reals, which costs a pass. */
    PerSample generator(Supplier<Scored> real, Scored fake);

    /** The score above which it takes an image for real: where it says of a real and of a generated one the same. */
    default double boundary() {
        return 0;
    }

    /** Whether it reads one score per class and one for fakes, {@code [B, K + 1]}, instead of one logit. */
    default boolean perClass() {
        return false;
    }
}
