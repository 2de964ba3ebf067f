package duello.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Pickles plain data as {@code torch.save} does (protocol 2): what {@link PthReader} reads, and {@code torch.load} with
 * {@code weights_only=True}, since it names no Python object but tensors. The tensors' data are left for the archive.
 */
final class PickleWriter {
    private static final int PROTOCOL = 2;
    private static final int MAX_DEPTH = 64;

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final List<NdArray> storages = new ArrayList<>();
    private int depth;

    /**
     * A finished pickle.
     *
     * @param bytes the program
     * @param storages the tensors in the order of the numbers by which it names them
     */
    record Pickled(byte[] bytes, List<NdArray> storages) {}

    static Pickled of(Object content) {
        PickleWriter writer = new PickleWriter();
        writer.op(Opcodes.PROTO, PROTOCOL);
        writer.value(content);
        writer.op(Opcodes.STOP);
        return new Pickled(writer.pickle.toByteArray(), List.copyOf(writer.storages));
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            op(Opcodes.NONE);
        } else if (value instanceof Boolean b) {
            op(b ? Opcodes.NEWTRUE : Opcodes.NEWFALSE);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Double || value instanceof Float) {
            op(Opcodes.BINFLOAT);
            bytes(ByteBuffer.allocate(Double.BYTES).putDouble(((Number) value).doubleValue()));
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            whole(((Number) value).longValue());
        } else if (value instanceof NdArray array) {
            tensor(array);
        } else {
            nested(value);
        }
    }

    private void nested(Object value) {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("data nested deeper than " + MAX_DEPTH + " levels are not saved");
        }
        if (value instanceof Map<?, ?> map) {
            op(Opcodes.EMPTY_DICT, Opcodes.MARK);
            map.forEach((key, item) -> {
                if (!(key instanceof String || key instanceof Integer || key instanceof Long)) {
                    throw new IllegalArgumentException("a key is text or a whole number, not " + key);
                }
                value(key);
                value(item);
            });
            op(Opcodes.SETITEMS);
        } else if (value instanceof List<?> list) {
            op(Opcodes.EMPTY_LIST, Opcodes.MARK);
            list.forEach(this::value);
            op(Opcodes.APPENDS);
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " is not saved in a checkpoint");
        }
        depth--;
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op(Opcodes.BINUNICODE);
        bytes(little(Integer.BYTES).putInt(utf8.length));
        pickle.writeBytes(utf8);
    }

    private void whole(long number) {
        if (number == (int) number) {
            op(Opcodes.BININT);
            bytes(little(Integer.BYTES).putInt((int) number));
        } else {
            op(Opcodes.LONG1, Long.BYTES);
            bytes(little(Long.BYTES).putLong(number));
        }
    }

    /** {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}. */
    private void tensor(NdArray array) {
        global("torch._utils", "_rebuild_tensor_v2");
        op(Opcodes.MARK, Opcodes.MARK);
        text("storage");
        global("torch", PickleGlobals.storage(array.dtype()));
        text(Integer.toString(storages.size()));
        text("cpu");
        whole(array.size());
        op(Opcodes.TUPLE, Opcodes.BINPERSID);
        whole(0);
        long[] shape = array.shape();
        tuple(shape);
        tuple(strides(shape));
        op(Opcodes.NEWFALSE);
        global("collections", "OrderedDict");
        op(Opcodes.EMPTY_TUPLE, Opcodes.REDUCE, Opcodes.TUPLE, Opcodes.REDUCE);
        storages.add(array);
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        return strides;
    }

    private void tuple(long[] values) {
        op(Opcodes.MARK);
        for (long v : values) {
            whole(v);
        }
        op(Opcodes.TUPLE);
    }

    private void global(String module, String name) {
        op(Opcodes.GLOBAL);
        pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void op(int... codes) {
        for (int code : codes) {
            pickle.write(code);
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void bytes(ByteBuffer filled) {
        pickle.writeBytes(filled.array());
    }
}
