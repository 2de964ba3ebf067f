package duello.data;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The picture files of one folder, by class: each subfolder that holds pictures, at whatever depth, is a class; pictures
 * without subfolders are one class named {@code all}. Links are followed, loops of them are not. The order is that of the
 * names, compared character by character, so it is the same on every machine.
 *
 * @param root the folder
 * @param classes their names, sorted
 * @param images sorted by class, then by relative path
 */
record FolderListing(Path root, List<String> classes, List<Item> images) {
    private static final Logger LOG = LoggerFactory.getLogger(FolderListing.class);
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff");
    private static final Set<String> JUNK = Set.of("__macosx", "thumbs.db", "desktop.ini");
    private static final int DEPTH = 16;

    /** The name of the only class of a folder without subfolders. */
    static final String ONLY_CLASS = "all";

    /** A file, its place in the folder written with slashes, and its class. */
    record Item(Path file, String relative, int label) {}

    /** @throws Failure if the folder is missing, is a file, cannot be read, or holds no picture */
    static FolderListing of(Path root) {
        if (!Files.exists(root)) {
            throw new Failure(root + ": no such folder; check the path");
        }
        if (!Files.isDirectory(root)) {
            throw new Failure(root + ": is a file, not a folder of pictures");
        }
        TreeMap<String, List<String>> byClass = new TreeMap<>();
        for (String relative : walk(root)) {
            int slash = relative.indexOf('/');
            byClass.computeIfAbsent(slash < 0 ? "" : relative.substring(0, slash), c -> new ArrayList<>())
                    .add(relative);
        }
        if (byClass.isEmpty()) {
            throw new Failure(
                    root + ": holds no pictures (png, jpg, jpeg, webp, bmp, gif, tif, tiff), nor do its subfolders");
        }
        if (byClass.size() > 1 && byClass.containsKey("")) {
            LOG.warn(
                    "{}: {} pictures outside the class folders are left out",
                    root,
                    byClass.get("").size());
            byClass.remove("");
        }
        return sorted(root, byClass);
    }

    private static FolderListing sorted(Path root, TreeMap<String, List<String>> byClass) {
        List<Item> items = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        byClass.forEach((name, files) -> {
            files.sort(Comparator.naturalOrder());
            files.forEach(f -> items.add(new Item(root.resolve(f), f, classes.size())));
            classes.add(name.isEmpty() ? ONLY_CLASS : name);
        });
        return new FolderListing(root, List.copyOf(classes), List.copyOf(items));
    }

    private static List<String> walk(Path root) {
        List<String> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = !folder.equals(root) && ignored(folder);
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && !ignored(file) && EXTENSIONS.contains(extension(file))) {
                        found.add(root.relativize(file).toString().replace('\\', '/'));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    LOG.warn("{}: left out, cannot be read or is a loop of links ({})", file, e.toString());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new Failure(root + ": cannot be listed: " + e.getMessage(), e);
        }
        return found;
    }

    private static boolean ignored(Path path) {
        String name = name(path);
        return name.startsWith(".") || JUNK.contains(name);
    }

    private static String extension(Path path) {
        String name = name(path);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    }
}
