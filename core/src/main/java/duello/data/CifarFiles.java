package duello.data;

import duello.catalog.Failure;
import duello.io.DownloadProgress;
import duello.io.Downloads;
import duello.io.Remote;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The few files that are wanted of a CIFAR archive, by name: from a folder, from a {@code .tar.gz}, or downloaded. The archive is
 * read as a stream; nothing is unpacked to the disk.
 */
final class CifarFiles {
    /** Longer than any published file (153,700,000 bytes), so that no archive fills the memory. */
    private static final long MOST_BYTES = 160_000_000;

    private static final long MOST_ENTRIES = 1000;

    private CifarFiles() {}

    /**
     * The wanted files that are there.
     *
     * @param path a folder, an archive, or blank to use the download
     * @param inner the folder inside the archive, which is also looked for inside {@code path}
     */
    static Map<String, byte[]> read(String path, String inner, Remote remote, Set<String> wanted) {
        Path place = path.isBlank()
                ? Downloads.of(System.getenv(), DownloadProgress.SILENT).fetch(remote)
                : Path.of(path);
        try {
            if (Files.isDirectory(place)) {
                Path below = place.resolve(inner);
                return fromFolder(Files.isDirectory(below) ? below : place, wanted);
            }
            if (!Files.isRegularFile(place)) {
                throw new Failure(
                        "path: " + path + " is neither a folder nor a .tar.gz file; leave it out to download");
            }
            return fromArchive(place, wanted);
        } catch (IOException e) {
            throw new Failure(place + ": cannot be read: " + e.getMessage() + "; fetch it again", e);
        }
    }

    private static Map<String, byte[]> fromFolder(Path folder, Set<String> wanted) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        for (String name : wanted) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                requireModest(file.toString(), Files.size(file));
                found.put(name, Files.readAllBytes(file));
            }
        }
        return found;
    }

    private static Map<String, byte[]> fromArchive(Path archive, Set<String> wanted) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                requireHarmless(archive, entry, ++entries);
                String name = baseName(entry.getName());
                if (entry.isFile() && wanted.contains(name)) {
                    found.put(name, content(archive, tar, entry));
                }
            }
        }
        return found;
    }

    private static byte[] content(Path archive, TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        byte[] bytes = tar.readNBytes((int) entry.getSize());
        if (bytes.length != entry.getSize()) {
            throw new Failure(archive + ": is cut off inside " + entry.getName() + "; fetch it again");
        }
        return bytes;
    }

    /** Nothing is written to the disk, but an archive that tries to leave its folder is not the published one. */
    private static void requireHarmless(Path archive, TarArchiveEntry entry, int entries) {
        String name = entry.getName().replace('\\', '/');
        boolean leaves = name.startsWith("/")
                || name.matches("[A-Za-z]:.*")
                || Arrays.asList(name.split("/")).contains("..");
        if (leaves || entry.isSymbolicLink() || entry.isLink() || entries > MOST_ENTRIES) {
            throw new Failure(
                    archive + ": '" + name + "' leads out of the archive or is a link; it is not the published file");
        }
        requireModest(archive + ", " + name, entry.getSize());
    }

    private static void requireModest(String what, long bytes) {
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw new Failure(what + ": " + bytes + " bytes are more than any file of CIFAR has");
        }
    }

    private static String baseName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
