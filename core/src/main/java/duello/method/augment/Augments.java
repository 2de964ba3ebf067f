package duello.method.augment;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Augment;
import java.util.List;

/** The shelf's list: one line an augmentation. */
public final class Augments {
    public static final List<Entry<Augment>> ENTRIES = List.of(entry("diffaugment", DiffAugment.class));

    private Augments() {}
}
