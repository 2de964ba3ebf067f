package duello.method.augment;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The shelf's list: one line an augmentation. */
public final class Augments {
    public static final List<Entry<Method>> ENTRIES = List.of(
            entry("diffaugment", DiffAugment.class),
            entry("flip_shift", FlipShift.class),
            entry("ada_transforms", AdaTransforms.class));

    private Augments() {}
}
