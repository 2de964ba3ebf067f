package duello.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Assembles pickles by hand, opcode by opcode, so that tests can say what no honest writer would. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes() {
        op(0x80).op(2);
    }

    PickleBytes op(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    PickleBytes mark() {
        return op('(');
    }

    PickleBytes global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op('X').number(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    PickleBytes integer(int value) {
        return op('J').number(value);
    }

    PickleBytes tuple(int... values) {
        mark();
        for (int value : values) {
            integer(value);
        }
        return op('t');
    }

    /** A tensor of an F32 storage. */
    PickleBytes tensor(String key, int elements, int offset, int[] size, int[] stride) {
        global("torch._utils", "_rebuild_tensor_v2").mark();
        mark().text("storage")
                .global("torch", "FloatStorage")
                .text(key)
                .text("cuda:0")
                .integer(elements);
        op('t', 'Q').integer(offset).tuple(size).tuple(stride);
        return op(0x89).global("collections", "OrderedDict").op(')', 'R').op('t', 'R');
    }

    PickleBytes number(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    /** The pickle up to here and its end. */
    byte[] stop() {
        op('.');
        return out.toByteArray();
    }
}
