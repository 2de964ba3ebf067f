package duello.io;

import duello.catalog.Failure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A tensor as a pickle describes it: a strided view of a storage. Offset, size and stride count elements. */
record PickledTensor(PickledStorage storage, long offset, long[] size, long[] stride) {
    private static final int MAX_AXES = 64;

    /** From the arguments (storage, offset, size, stride, ...). */
    static PickledTensor of(@Nullable Object[] arguments) {
        if (arguments.length < 4 || !(arguments[0] instanceof PickledStorage storage)) {
            throw new Failure("its pickle builds a tensor from something that is not a storage");
        }
        long offset = PickledStorage.wholeNumber(arguments[1]);
        PickledTensor tensor =
                new PickledTensor(storage, offset, wholeNumbers(arguments[2]), wholeNumbers(arguments[3]));
        tensor.check();
        return tensor;
    }

    private static long[] wholeNumbers(@Nullable Object tuple) {
        Object[] numbers = tuple instanceof Object[] array ? array : new Object[] {tuple};
        if (numbers.length > MAX_AXES) {
            throw new Failure("its pickle has a tensor of " + numbers.length + " axes");
        }
        return Arrays.stream(numbers).mapToLong(PickledStorage::wholeNumber).toArray();
    }

    private void check() {
        if (size.length != stride.length) {
            throw new Failure(
                    "its pickle has a tensor with " + size.length + " axes and " + stride.length + " strides");
        }
        try {
            long elements = DType.elements(size);
            long last = offset;
            for (int axis = 0; axis < size.length && elements > 0; axis++) {
                last = Math.addExact(last, Math.multiplyExact(size[axis] - 1, stride[axis]));
            }
            // more elements than the storage has would be a way to fill memory from a small file
            if (elements > storage.visible() || (elements > 0 && last >= storage.visible())) {
                throw outside(null);
            }
        } catch (ArithmeticException e) {
            throw outside(e);
        }
    }

    private Failure outside(@Nullable Throwable cause) {
        String message = "its pickle has a tensor of size " + Arrays.toString(size) + " beyond the end of storage "
                + storage.key() + " (" + storage.visible() + " elements)";
        return cause == null ? new Failure(message) : new Failure(message, cause);
    }

    /** Whether the elements lie in the storage in row-major order without gaps. */
    boolean contiguous() {
        long expected = 1;
        for (int axis = size.length - 1; axis >= 0; axis--) {
            if (size[axis] != 1 && stride[axis] != expected) {
                return DType.elements(size) == 0;
            }
            expected *= size[axis];
        }
        return true;
    }

    long byteCount() {
        return storage.dtype().byteCount(size);
    }

    /** The array over, or copied from, the bytes of the whole storage. */
    NdArray view(ByteBuffer whole) {
        int width = storage.dtype().bytes();
        int first = Math.toIntExact((storage.offset() + offset) * width);
        if (byteCount() == 0) {
            return NdArray.wrap(storage.dtype(), ByteBuffer.allocate(0), size);
        }
        if (contiguous()) {
            return NdArray.wrap(storage.dtype(), whole.slice(first, Math.toIntExact(byteCount())), size);
        }
        ByteBuffer source = whole.slice(first, whole.limit() - first);
        return NdArray.wrap(storage.dtype(), Strided.gather(source, width, size, stride), size);
    }
}
