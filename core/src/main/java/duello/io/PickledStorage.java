package duello.io;

import duello.catalog.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that tensors of a PyTorch file share, as its pickle names them.
 *
 * @param key the name of the data in the file
 * @param elements how many elements the whole storage has
 * @param offset the first element that this view of it sees (files of old versions only, else 0)
 * @param visible how many elements this view sees
 */
record PickledStorage(DType dtype, String key, long elements, long offset, long visible) {

    /** From a persistent id: ("storage", type, key, location, elements[, (view key, offset, elements) or None]). */
    static PickledStorage of(Object[] id) {
        if (id.length < 5
                || id.length > 6
                || !"storage".equals(id[0])
                || !(id[1] instanceof PickleGlobals.StorageType type)
                || !(id[2] instanceof String key)) {
            throw new Failure("its pickle refers to something that is not a tensor's storage");
        }
        long elements = wholeNumber(id[4]);
        if (id.length == 5 || id[5] == null) {
            return new PickledStorage(type.dtype(), key, elements, 0, elements);
        }
        if (!(id[5] instanceof Object[] view) || view.length != 3) {
            throw new Failure("its pickle has a damaged view of storage " + key);
        }
        long offset = wholeNumber(view[1]);
        long visible = wholeNumber(view[2]);
        if (offset > elements - visible) {
            throw new Failure("its pickle has a view beyond the end of storage " + key);
        }
        return new PickledStorage(type.dtype(), key, elements, offset, visible);
    }

    /** A natural number of a pickle, as sizes, strides and offsets are. */
    static long wholeNumber(@Nullable Object number) {
        if (!(number instanceof Integer || number instanceof Long) || ((Number) number).longValue() < 0) {
            throw new Failure("its pickle has a size or offset that is not a natural number");
        }
        return ((Number) number).longValue();
    }

    /** The bytes of the whole storage. */
    long byteCount() {
        try {
            return dtype.byteCount(elements);
        } catch (ArithmeticException e) {
            throw new Failure("storage " + key + " has an impossible size", e);
        }
    }
}
