package duello.method.condition;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.ClassObjective;
import java.util.List;

/** The list of class objectives: one line each. */
public final class ClassObjectives {
    public static final List<Entry<ClassObjective>> ENTRIES = List.of(
            entry("ac", AuxiliaryClassifier.class), entry("2c", Contrastive.class), entry("d2dce", DataToData.class));

    private ClassObjectives() {}
}
