package duello.method.pretext;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import java.util.List;

/** The list of what can be done to images: one line a transformation. */
public final class PretextTasks {
    public static final List<Entry<PretextTask>> ENTRIES =
            List.of(entry("rotation", RotationTask.class), entry("deshuffle", DeshuffleTask.class));

    private PretextTasks() {}
}
