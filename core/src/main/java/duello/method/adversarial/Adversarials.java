package duello.method.adversarial;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Adversarial;
import java.util.List;

/** The shelf's list: one line a loss. */
public final class Adversarials {
    public static final List<Entry<Adversarial>> ENTRIES = List.of(
            entry("vanilla", Vanilla.class),
            entry("logistic", Vanilla.class),
            entry("least_squares", LeastSquares.class),
            entry("hinge", Hinge.class),
            entry("wasserstein", Wasserstein.class),
            entry("multi_hinge", MultiHinge.class),
            entry("relativistic", Relativistic.class));

    private Adversarials() {}
}
