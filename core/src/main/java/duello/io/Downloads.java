package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Published files, fetched once into a folder. A file appears there under its name only when its size and checksum are
 * right. What a cut connection left stays as {@code .part} and is continued; a {@code .lock} keeps two processes from
 * writing the same one.
 */
public final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

    private final Path folder;
    private final boolean offline;
    private final DownloadProgress progress;

    /**
     * @param folder where files are kept; made when first needed
     * @param offline true never to touch the network
     */
    public Downloads(Path folder, boolean offline, DownloadProgress progress) {
        this.folder = folder;
        this.offline = offline;
        this.progress = progress;
    }

    /**
     * As the environment says: the folder {@code DUELLO_CACHE}, or {@code .cache/duello} in the user's home; offline when
     * {@code DUELLO_OFFLINE} is set to anything but 0 or false.
     */
    public static Downloads of(Map<String, String> environment, DownloadProgress progress) {
        String cache = environment.getOrDefault("DUELLO_CACHE", "");
        String home = System.getProperty("user.home", ".");
        Path folder = cache.isBlank() ? Path.of(home, ".cache", "duello") : Path.of(cache);
        String offline = environment.getOrDefault("DUELLO_OFFLINE", "0").trim();
        boolean stay = !offline.isEmpty() && !offline.equals("0") && !offline.equalsIgnoreCase("false");
        return new Downloads(folder, stay, progress);
    }

    /**
     * The file on this machine, fetched if it is not yet here.
     *
     * @throws Failure if it is not here and cannot be had: offline, refused, cut off, or with a wrong checksum
     */
    public Path fetch(Remote remote) {
        Path target = folder.resolve(remote.fileName());
        if (isWhole(target, remote)) {
            return target;
        }
        if (offline) {
            throw new Failure("%s is not here and Duello is offline; fetch %s elsewhere and put it at %s"
                    .formatted(remote.fileName(), remote.address(), target));
        }
        try {
            Files.createDirectories(folder);
            return fetchLocked(remote, target);
        } catch (IOException e) {
            throw new Failure("cannot fetch %s to %s: %s".formatted(remote.address(), target, said(e)), e);
        }
    }

    /** A file under its final name was checked when it came; one that the user put there shows at least by its size. */
    private static boolean isWhole(Path target, Remote remote) {
        try {
            return Files.isRegularFile(target) && Files.size(target) == remote.bytes();
        } catch (IOException e) {
            throw new Failure(target + ": cannot be read: " + said(e), e);
        }
    }

    private Path fetchLocked(Remote remote, Path target) throws IOException {
        Path lockFile = folder.resolve(remote.fileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, remote)) {
            if (!isWhole(target, remote)) { // another process may have fetched it while this one waited
                Path part = folder.resolve(remote.fileName() + ".part");
                new Transfer(remote, part, progress).run();
                verify(part, remote);
                move(part, target);
            }
            LOG.debug("{} is whole, releasing {}", target, lock);
            return target;
        }
    }

    private static FileLock lock(FileChannel channel, Remote remote) throws IOException {
        try {
            FileLock free = channel.tryLock();
            if (free != null) {
                return free;
            }
            LOG.info("{} is being fetched by another process, waiting for it", remote.fileName());
            return channel.lock();
        } catch (OverlappingFileLockException e) {
            throw new Failure(remote.fileName() + " is already being fetched by another thread; wait for it", e);
        }
    }

    private static void verify(Path part, Remote remote) throws IOException {
        String found = checksum(part, remote.algorithm());
        if (!found.equals(remote.checksum())) {
            Files.delete(part);
            throw new Failure(
                    "%s: %s is %s, but should be %s; what came was thrown away: try again, or the file was changed"
                            .formatted(remote.address(), remote.algorithm(), found, remote.checksum()));
        }
    }

    private static String checksum(Path file, String algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance(algorithm))) {
            byte[] buffer = new byte[1 << 16];
            while (digest.read(buffer) >= 0) {
                // reading is digesting
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(algorithm, e);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static String said(IOException e) {
        String message = e.getMessage();
        String kind = e.getClass().getSimpleName();
        return message == null
                ? kind
                : kind + ", " + message.lines().findFirst().orElse("");
    }
}
