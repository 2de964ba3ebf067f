package duello.io;

import duello.catalog.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that are whole or not there: written beside their place under a hidden name, forced to the disk,
 * then renamed. Whatever fails, what stood there before is untouched and no partial file remains (only a killed
 * process or a power cut can leave a hidden {@code .partial} one, never a broken target).
 */
public final class AtomicFiles {
    private static final Logger log = LoggerFactory.getLogger(AtomicFiles.class);
    private static final int BUFFER = 1 << 16;

    private AtomicFiles() {}

    /**
     * Writes a file, replacing an older one; missing parent folders are made.
     *
     * @param writer gets a buffered stream, which it need not close
     * @throws Failure if the disk is full, permission is missing, or the writer meets any other {@link IOException}
     */
    public static void write(Path target, ConsumerWithIO<OutputStream> writer) {
        replace(target, partial -> writeFile(partial, writer), AtomicFiles::rename);
    }

    /** Writes bytes as a file; see {@link #write(Path, ConsumerWithIO)}. */
    public static void write(Path target, byte[] bytes) {
        write(target, out -> out.write(bytes));
    }

    /**
     * Writes a folder with all it holds, replacing an older one; missing parent folders are made. An older folder is
     * renamed away first and removed last, since no system swaps folders in one move.
     *
     * @param writer gets the empty folder to fill
     * @throws Failure if the disk is full, permission is missing, or the writer meets any other {@link IOException}
     */
    public static void writeDirectory(Path target, ConsumerWithIO<Path> writer) {
        replace(target, partial -> fillDirectory(partial, writer), AtomicFiles::swapDirectory);
    }

    /** Removes a file or a folder with all it holds, if it is there; links are removed, not followed. */
    public static void delete(Path target) {
        try {
            deleteTree(target);
        } catch (IOException e) {
            throw IoFailures.removing(target, e);
        }
    }

    private interface Move {
        void apply(Path from, Path to) throws IOException;
    }

    private static void replace(Path target, ConsumerWithIO<Path> writer, Move move) {
        Path place = target.toAbsolutePath();
        Path partial = beside(place, "partial");
        boolean done = false;
        try {
            Files.createDirectories(parent(place));
            writer.accept(partial);
            move.apply(partial, place);
            done = true;
            syncDirectory(parent(place));
        } catch (IOException e) {
            throw IoFailures.writing(target, e);
        } catch (UncheckedIOException e) {
            throw IoFailures.writing(target, Objects.requireNonNull(e.getCause()));
        } finally {
            if (!done) {
                deleteQuietly(partial);
            }
        }
    }

    private static void writeFile(Path partial, ConsumerWithIO<OutputStream> writer) throws IOException {
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
            writer.accept(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void fillDirectory(Path partial, ConsumerWithIO<Path> writer) throws IOException {
        Files.createDirectory(partial);
        writer.accept(partial);
        for (Path path : tree(partial)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                syncDirectory(path);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    private static void swapDirectory(Path partial, Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            rename(partial, place);
            return;
        }
        Path old = beside(place, "old");
        rename(place, old);
        try {
            rename(partial, place);
        } catch (IOException e) {
            rename(old, place);
            throw e;
        }
        deleteQuietly(old);
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            log.debug("{}: no atomic rename here, renaming plainly", to, e);
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A rename is only safe from a power cut once its folder is on the disk; Windows cannot and need not do so. */
    private static void syncDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            log.debug("{}: the folder cannot be forced to the disk", directory, e);
        }
    }

    private static Path beside(Path place, String why) {
        return place.resolveSibling("." + place.getFileName() + "." + why + "-" + UUID.randomUUID());
    }

    private static Path parent(Path place) throws IOException {
        Path parent = place.getParent();
        if (parent == null) {
            throw new IOException("it has no parent folder");
        }
        return parent;
    }

    private static void deleteQuietly(Path path) {
        try {
            deleteTree(path);
        } catch (IOException e) {
            log.warn("{}: cannot be removed, please remove it by hand: {}", path, e.toString());
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path path : tree(root)) {
            Files.delete(path);
        }
    }

    /** All paths under a root and itself, children before parents. */
    private static List<Path> tree(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.sorted((a, b) -> b.getNameCount() - a.getNameCount()).toList();
        }
    }
}
