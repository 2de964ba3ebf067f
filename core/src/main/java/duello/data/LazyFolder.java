package duello.data;

import duello.catalog.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder too large for the memory: each image is decoded when it is read. Its fingerprint is of paths, file sizes and
 * settings, since reading every file first would take as long as an epoch.
 */
final class LazyFolder implements Dataset {
    private static final Logger LOG = LoggerFactory.getLogger(LazyFolder.class);
    private static final int FINGERPRINT_BYTES = 8;

    private final String name;
    private final FolderListing listing;
    private final FolderDecoder decoder;
    private final boolean skipCorrupt;
    private final String fingerprint;
    private final Set<Integer> corrupt = ConcurrentHashMap.newKeySet();

    LazyFolder(String name, FolderListing listing, FolderDecoder decoder, boolean skipCorrupt) {
        this.name = name;
        this.listing = listing;
        this.decoder = decoder;
        this.skipCorrupt = skipCorrupt;
        this.fingerprint = digest();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return listing.images().size();
    }

    @Override
    public int resolution() {
        return decoder.resolution();
    }

    @Override
    public List<String> classes() {
        return listing.classes();
    }

    @Override
    public int label(int index) {
        return listing.images().get(index).label();
    }

    /** A broken file is replaced by the next sound one of its class, so that size and labels stay as announced. */
    @Override
    public void read(int index, byte[] into, int offset) {
        int size = size();
        for (int step = 0; step < size; step++) {
            int i = (index + step) % size;
            if (label(i) != label(index) || corrupt.contains(i)) {
                continue;
            }
            try {
                System.arraycopy(decoder.decode(listing.images().get(i).file()), 0, into, offset, decoder.imageBytes());
                return;
            } catch (Failure e) {
                if (!skipCorrupt) {
                    throw e;
                }
                if (corrupt.add(i)) {
                    LOG.warn("left out: {}", e.getMessage());
                }
            }
        }
        throw new Failure(listing.root() + ": class '" + classes().get(label(index)) + "' has no sound picture");
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((decoder + " " + listing.classes()).getBytes(StandardCharsets.UTF_8));
            for (FolderListing.Item item : listing.images()) {
                String line = "\n" + item.relative() + " " + item.label() + " " + Files.size(item.file());
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (java.io.IOException e) {
            throw new Failure(listing.root() + ": its files cannot be read: " + e.getMessage(), e);
        }
    }
}
