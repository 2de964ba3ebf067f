package duello.data;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the databases of one category are.
 *
 * @param name the category, or what the folder is called
 * @param train the database to learn from
 * @param validation the one held back, or null where none is
 */
record LsunPlace(String name, Path train, @Nullable Path validation) {
    private static final String DATA = "data.mdb";
    private static final String TRAIN = "_train_lmdb";
    private static final String VALIDATION = "_val_lmdb";

    /**
     * Looks at names of files only.
     *
     * @param root the folder of one database, the file itself, or the folder that holds {@code <category>_train_lmdb}
     * @param category empty if it goes without saying
     * @throws Failure if there is no database, or several and no category
     */
    static LsunPlace find(Path root, String category) {
        if (!Files.exists(root)) {
            throw new Failure(root + ": no such folder; check the path");
        }
        if (Files.isRegularFile(root)) {
            return new LsunPlace(nameOf(root), root, null);
        }
        if (Files.isRegularFile(root.resolve(DATA))) {
            return whole(root, category);
        }
        List<String> there = categories(root);
        if (there.isEmpty()) {
            throw new Failure(
                    root + ": holds neither data.mdb nor folders such as bedroom_train_lmdb; unpack the archives"
                            + " and give the folder of one, or the folder that they are in");
        }
        if (category.isEmpty() && there.size() > 1) {
            throw new Failure("%s: holds several categories: %s; name one, as 'category: %s', or give the folder %s"
                    .formatted(root, String.join(", ", there), there.get(0), root.resolve(there.get(0) + TRAIN)));
        }
        String chosen = category.isEmpty() ? there.get(0) : category;
        if (!there.contains(chosen)) {
            throw new Failure("%s: has no category '%s' (no %s/data.mdb); there are: %s"
                    .formatted(root, chosen, chosen + TRAIN, String.join(", ", there)));
        }
        return whole(root.resolve(chosen + TRAIN), chosen);
    }

    /** Whether this looks like a place that {@link #find} takes. */
    static boolean isAt(Path root) {
        boolean file = Files.isRegularFile(root) && last(root).endsWith(".mdb");
        return file
                || Files.isRegularFile(root.resolve(DATA))
                || (Files.isDirectory(root) && !categories(root).isEmpty());
    }

    private static LsunPlace whole(Path folder, String category) {
        String name = nameOf(folder);
        if (!category.isEmpty() && !category.equals(name)) {
            throw new Failure("%s: is the database of '%s', not of category '%s'; leave out one of the two"
                    .formatted(folder, name, category));
        }
        Path held = null;
        if (last(folder).endsWith(TRAIN)) {
            Path sibling =
                    folder.toAbsolutePath().resolveSibling(name + VALIDATION).resolve(DATA);
            held = Files.isRegularFile(sibling) ? sibling : null;
        }
        return new LsunPlace(name, folder.resolve(DATA), held);
    }

    private static List<String> categories(Path root) {
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(c -> last(c).endsWith(TRAIN) && Files.isRegularFile(c.resolve(DATA)))
                    .map(LsunPlace::nameOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Failure(root + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    private static String nameOf(Path path) {
        String last = last(path);
        if (last.equals(DATA)) {
            Path parent = path.toAbsolutePath().normalize().getParent();
            return parent == null ? "lsun" : nameOf(parent);
        }
        for (String ending : List.of(TRAIN, VALIDATION, "_lmdb", ".mdb")) {
            if (last.endsWith(ending) && last.length() > ending.length()) {
                return last.substring(0, last.length() - ending.length());
            }
        }
        return last.isEmpty() ? "lsun" : last;
    }

    private static String last(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? "" : last.toString();
    }
}
