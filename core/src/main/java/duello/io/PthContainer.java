package duello.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PyTorch file of either container: its pickled object and the bytes of its storages. */
interface PthContainer {
    /** Runs the pickle; tensors in the result are still {@link PickledTensor}. */
    @Nullable
    Object object() throws IOException;

    /** Tells the container all storages of the object by their keys, before the first is asked for. */
    default void locate(Map<String, PickledStorage> storages) throws IOException {}

    /** The little-endian bytes of a storage of that object, checked to be all there. */
    ByteBuffer bytes(PickledStorage storage) throws IOException;
}
