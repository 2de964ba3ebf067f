package duello.method.condition;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The list of conditioning methods that are more than one class objective played plainly: one line each. */
public final class ConditioningMethods {
    public static final List<Entry<Method>> ENTRIES = List.of(
            entry("tac", TwinClassifier.class),
            entry("adc", DiscriminativeClassifier.class),
            entry("infogan", InfoGan.class));

    private ConditioningMethods() {}
}
