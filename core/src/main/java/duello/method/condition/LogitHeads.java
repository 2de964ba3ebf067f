package duello.method.condition;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.model.LogitHead;
import java.util.List;

/** The list of logit heads: one line each. */
public final class LogitHeads {
    public static final List<Entry<LogitHead>> ENTRIES = List.of(
            entry("plain", PlainLogit.class),
            entry("projection", Projection.class),
            entry("style_projection", StyleProjection.class),
            entry("multi_hinge", MultiHingeLogit.class),
            entry("multi_dimension", MultiDimension.class));

    private LogitHeads() {}
}
