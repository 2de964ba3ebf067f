package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a pickle built into plain data: maps, lists, numbers, text and arrays. */
final class PthTree {
    private static final int MAX_DEPTH = 64;

    private final PthContainer container;
    private final Map<String, PickledStorage> storages = new LinkedHashMap<>();
    private final IdentityHashMap<Object, Object> done = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Boolean> collected = new IdentityHashMap<>();
    private long copyBudget;

    /**
     * @param copyBudget how many bytes of tensors that are not contiguous may be copied in all, so that a small file of
     *     many views of one storage cannot fill memory
     */
    PthTree(PthContainer container, long copyBudget) {
        this.container = container;
        this.copyBudget = copyBudget;
    }

    Object read() throws IOException {
        Object root = container.object();
        collect(root, 0);
        container.locate(storages);
        Object plain = convert(root);
        if (plain == null) {
            throw new Failure("it holds nothing (None)");
        }
        return plain;
    }

    /** Finds the storages and, on the way, refuses what is nested too deep or contains itself. */
    private void collect(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new Failure("its data are nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value instanceof PickledTensor tensor) {
            PickledStorage storage = tensor.storage();
            PickledStorage known = storages.putIfAbsent(storage.key(), storage);
            if (known != null && (known.dtype() != storage.dtype() || known.elements() != storage.elements())) {
                throw new Failure("storage " + storage.key() + " is described in two ways");
            }
            return;
        }
        Iterable<?> children = children(value);
        if (children == null || value == null || Boolean.TRUE.equals(collected.get(value))) {
            return;
        }
        for (Object child : children) {
            collect(child, depth + 1);
        }
        collected.put(value, true);
    }

    private static @Nullable Iterable<?> children(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values();
        }
        if (value instanceof Object[] tuple) {
            return Arrays.asList(tuple);
        }
        return value instanceof List<?> list ? list : null;
    }

    private @Nullable Object convert(@Nullable Object value) throws IOException {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        Object known = done.get(value);
        if (known != null) {
            return known;
        }
        Object plain;
        if (value instanceof PickledTensor tensor) {
            plain = array(tensor);
        } else if (value instanceof byte[] bytes) {
            plain = NdArray.of(bytes, bytes.length);
        } else if (value instanceof Map<?, ?> map) {
            plain = map(map);
        } else if (value instanceof Object[] tuple) {
            plain = list(Arrays.asList(tuple));
        } else if (value instanceof List<?> list) {
            plain = list(list);
        } else {
            throw new Failure("it holds something that is not data");
        }
        done.put(value, plain);
        return plain;
    }

    private Map<Object, @Nullable Object> map(Map<?, ?> map) throws IOException {
        Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            plain.put(entry.getKey(), convert(entry.getValue()));
        }
        return Collections.unmodifiableMap(plain);
    }

    private List<@Nullable Object> list(List<?> list) throws IOException {
        List<@Nullable Object> plain = new ArrayList<>(list.size());
        for (Object item : list) {
            plain.add(convert(item));
        }
        return Collections.unmodifiableList(plain);
    }

    private NdArray array(PickledTensor tensor) throws IOException {
        if (!tensor.contiguous()) {
            copyBudget -= tensor.byteCount();
            if (copyBudget < 0) {
                throw new Failure("its tensors that are not contiguous take far more room than the file has");
            }
        }
        ByteBuffer whole = container.bytes(tensor.storage());
        return tensor.view(whole);
    }
}
