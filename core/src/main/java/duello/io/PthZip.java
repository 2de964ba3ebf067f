package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The zip container (PyTorch 1.6 and later): {@code <root>/data.pkl} and {@code <root>/data/<key>}, all stored. Pieces
 * are views of the mapped file, so nothing is inflated and a small file cannot fill memory. A TorchScript program has
 * constants and code besides, which are not read.
 */
final class PthZip implements PthContainer {
    private static final String PICKLE = "/data.pkl";

    private final MappedFile mapped;
    private final Map<String, ZipArchiveEntry> entries;
    private final String root;
    private final boolean script;

    private PthZip(MappedFile mapped, Map<String, ZipArchiveEntry> entries, String root) {
        this.mapped = mapped;
        this.entries = entries;
        this.root = root;
        this.script = entries.containsKey(root + "/constants.pkl");
    }

    static PthZip open(Path file, MappedFile mapped) throws IOException {
        Map<String, ZipArchiveEntry> entries = new HashMap<>();
        String root = null;
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                String name = entry.getName();
                if (entries.put(name, entry) != null) {
                    throw new Failure("it holds '" + name + "' twice");
                }
                if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
                    root = name.substring(0, name.length() - PICKLE.length());
                }
            }
        }
        if (root == null) {
            throw new Failure("it is a zip file without data.pkl, so PyTorch did not write it (or an unfinished one)");
        }
        PthZip container = new PthZip(mapped, entries, root);
        container.checkByteOrder();
        return container;
    }

    @Override
    public @Nullable Object object() throws IOException {
        ByteBuffer pickle = stored(root + PICKLE);
        if (pickle.remaining() > PthReader.MAX_PICKLE) {
            throw new Failure("its pickle of " + pickle.remaining() + " bytes is larger than any checkpoint needs");
        }
        return new PickleMachine(new PickleInput(pickle), script).next();
    }

    @Override
    public ByteBuffer bytes(PickledStorage storage) throws IOException {
        ByteBuffer bytes = stored(root + "/data/" + storage.key());
        if (bytes.remaining() < storage.byteCount()) {
            throw new Failure("storage " + storage.key() + " has " + bytes.remaining() + " bytes instead of "
                    + storage.byteCount());
        }
        return bytes;
    }

    private void checkByteOrder() throws IOException {
        if (entries.containsKey(root + "/byteorder")) {
            String order = StandardCharsets.US_ASCII
                    .decode(stored(root + "/byteorder"))
                    .toString();
            if (!order.strip().equals("little")) {
                throw new Failure("its numbers are in big-endian order, which is not supported");
            }
        }
    }

    private ByteBuffer stored(String name) throws IOException {
        ZipArchiveEntry entry = entries.get(name);
        if (entry == null) {
            throw new Failure("'" + name + "' is missing in it");
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new Failure("'" + name + "' is compressed in it, which PyTorch never does");
        }
        return mapped.slice(entry.getDataOffset(), entry.getSize());
    }
}
