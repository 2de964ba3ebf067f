package duello.data;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import java.util.List;

/** The shelf's list: one line a dataset. */
public final class Datasets {
    public static final List<Entry<DataSource>> ENTRIES = List.of(
            entry("shapes", Shapes.class),
            entry("faces", Faces.class),
            entry("image_folder", ImageFolder.class),
            entry("lsun", Lsun.class),
            entry("cifar10", Cifar10.class),
            entry("cifar100", Cifar100.class));

    private Datasets() {}
}
