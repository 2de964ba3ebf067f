package duello.method.augment;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Augment;
import duello.method.Method;
import java.util.List;

/** The shelf's lists: one line an augmentation. */
public final class Augments {
    /** Those that are functions of images and draws; a consistency regulariser can have one of its own. */
    public static final List<Entry<Augment>> ENTRIES = List.of(
            entry("diffaugment", DiffAugment.class),
            entry("flip_shift", FlipShift.class),
            entry("ada_transforms", AdaTransforms.class),
            entry("simclr", SimClr.class));

    /** Those whose strength follows the discriminator, so that they stand among a recipe's methods only. */
    public static final List<Entry<Method>> ADAPTIVE = List.of(entry("ada", Ada.class), entry("apa", Apa.class));

    private Augments() {}
}
