package duello.train;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import java.util.List;

/** The shelf's list: one line an optimiser. */
public final class Optimizers {
    public static final List<Entry<OptimizerSettings>> ENTRIES = List.of(
            entry("adam", AdamSettings.class),
            entry("sgd", SgdSettings.class),
            entry("rmsprop", RmsPropSettings.class),
            entry("step_decay", StepDecaySettings.class));

    private Optimizers() {}
}
