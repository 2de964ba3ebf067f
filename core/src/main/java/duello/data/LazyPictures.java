package duello.data;

import duello.catalog.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures too many for the memory: each is decoded when it is read. The fingerprint is of what tells them from others
 * and of the settings, since reading every picture first would take as long as an epoch.
 */
final class LazyPictures implements Dataset {
    private static final Logger LOG = LoggerFactory.getLogger(LazyPictures.class);
    private static final int FINGERPRINT_BYTES = 8;

    private final String name;
    private final StoredPictures pictures;
    private final PictureDecoder decoder;
    private final boolean skipCorrupt;
    private final String fingerprint;
    private final Set<Integer> corrupt = ConcurrentHashMap.newKeySet();

    LazyPictures(String name, StoredPictures pictures, PictureDecoder decoder, boolean skipCorrupt) {
        this.name = name;
        this.pictures = pictures;
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
        return pictures.size();
    }

    @Override
    public int resolution() {
        return decoder.resolution();
    }

    @Override
    public List<String> classes() {
        return pictures.classes();
    }

    @Override
    public int label(int index) {
        return pictures.label(index);
    }

    /** A broken picture is replaced by the next sound one of its class, so that size and labels stay as announced. */
    @Override
    public void read(int index, byte[] into, int offset) {
        int size = size();
        for (int step = 0; step < size; step++) {
            int i = (index + step) % size;
            if (label(i) != label(index) || corrupt.contains(i)) {
                continue;
            }
            try {
                System.arraycopy(decoder.decode(pictures.read(i)), 0, into, offset, decoder.imageBytes());
                return;
            } catch (Failure e) {
                // an interrupt closes what is being read, which is no fault of the picture
                if (!skipCorrupt || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (corrupt.add(i)) {
                    LOG.warn("left out: {}", e.getMessage());
                }
            }
        }
        throw new Failure(pictures.place() + ": class '" + classes().get(label(index)) + "' has no sound picture");
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((decoder + " " + classes()).getBytes(StandardCharsets.UTF_8));
            pictures.identify(digest);
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
