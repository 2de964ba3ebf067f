package duello.method.regularize;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The shelf's list: one line a regulariser. */
public final class Regularizers {
    public static final List<Entry<Method>> ENTRIES =
            List.of(entry("r1", R1.class), entry("gradient_penalty", GradientPenalty.class));

    private Regularizers() {}
}
