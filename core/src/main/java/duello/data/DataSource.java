package duello.data;

import java.util.List;

/** A catalogue entry of the dataset shelf: the settings from which a {@link Dataset} of either split is opened. */
public interface DataSource {
    /** Height and width of the images in pixels. */
    int resolution();

    /** The classes' names as far as they are known without opening anything; empty if they are not. */
    default List<String> knownClasses() {
        return List.of();
    }

    /** Whether any images are held back, by which a generator could be scored. */
    default boolean holdsBack() {
        return true;
    }

    /**
     * Opens one split.
     *
     * @throws duello.catalog.Failure if files are missing or unusable, in one line that says which and what to do
     */
    Dataset open(Split split);
}
