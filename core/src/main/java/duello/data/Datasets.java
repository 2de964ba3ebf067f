package duello.data;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import java.util.List;

/** The shelf of datasets that are built in. */
public final class Datasets {
    /** What a recipe may name. */
    public static final List<Entry<DataSource>> ENTRIES =
            List.of(entry("shapes", Shapes.class), entry("faces", Faces.class));

    private Datasets() {}
}
