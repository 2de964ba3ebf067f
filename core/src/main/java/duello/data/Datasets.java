package duello.data;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import java.util.List;

/** The shelf of datasets that a recipe may name. */
public final class Datasets {
    /** What a recipe may name. */
    public static final List<Entry<DataSource>> ENTRIES =
            List.of(
                    entry("shapes", Shapes.class),
                    entry("faces", Faces.class),
                    entry("image_folder", ImageFolder.class),
                    entry("cifar10", Cifar10.class),
                    entry("cifar100", Cifar100.class));

    private Datasets() {}
}
