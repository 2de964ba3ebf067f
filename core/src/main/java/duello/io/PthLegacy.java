package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The container before PyTorch 1.6: the pickles of a magic number, the protocol, the system, the object and the list
 * of storage keys; then for each key 8 bytes of element count and the raw data.
 */
final class PthLegacy implements PthContainer {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int PROTOCOL = 1001;

    private final MappedFile mapped;
    private long dataStart;
    private List<?> keys = List.of();
    private final Map<String, Long> starts = new HashMap<>();

    PthLegacy(MappedFile mapped) {
        this.mapped = mapped;
    }

    @Override
    public @Nullable Object object() throws IOException {
        ByteBuffer head = mapped.slice(0, Math.min(mapped.size(), PthReader.MAX_PICKLE));
        PickleInput input = new PickleInput(head);
        if (!isMagic(input)) {
            throw new Failure("it is neither of PyTorch's two kinds of checkpoint");
        }
        if (!Integer.valueOf(PROTOCOL).equals(new PickleMachine(input).next())) {
            throw new Failure("it is of an unknown version of PyTorch's old format");
        }
        Object system = new PickleMachine(input).next();
        if (system instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("little_endian"))) {
            throw new Failure("its numbers are in big-endian order, which is not supported");
        }
        Object object = new PickleMachine(input).next();
        if (!(new PickleMachine(input).next() instanceof List<?> list)) {
            throw new Failure("its list of storages is missing");
        }
        keys = list;
        dataStart = input.position();
        return object;
    }

    /** The storages follow one another, so where one lies depends on the element types of those before. */
    @Override
    public void locate(Map<String, PickledStorage> storages) throws IOException {
        long at = dataStart;
        for (Object key : keys) {
            PickledStorage storage = storages.get(String.valueOf(key));
            if (storage == null) {
                throw new Failure("it holds a storage '" + key + "' that no tensor uses");
            }
            long count = mapped.slice(at, 8).getLong(0);
            if (count != storage.elements()) {
                throw new Failure("storage " + key + " has " + count + " elements instead of " + storage.elements());
            }
            starts.put(storage.key(), at + 8);
            at = Math.addExact(at + 8, storage.byteCount());
        }
    }

    @Override
    public ByteBuffer bytes(PickledStorage storage) throws IOException {
        Long start = starts.get(storage.key());
        if (start == null) {
            throw new Failure("storage " + storage.key() + " is missing in it");
        }
        return mapped.slice(start, storage.byteCount());
    }

    private static boolean isMagic(PickleInput input) {
        try {
            return MAGIC.equals(new PickleMachine(input).next());
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
