package duello.studio.command;

import duello.io.NdArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes maps, lists, numbers, text and tensors as {@code torch.save} does, so that tests need no Python. */
final class PthFile {
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final List<byte[]> storages = new ArrayList<>();

    private PthFile() {}

    static void write(Path file, Object content) throws IOException {
        PthFile pth = new PthFile();
        pth.op(0x80, 2);
        pth.value(content);
        pth.op('.');
        archive(file, pth.pickle.toByteArray(), pth.storages, ZipEntry.STORED);
    }

    /** An archive of a pickle and storages, packed or not. */
    static void archive(Path file, byte[] pickle, List<byte[]> storages, int method) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "archive/data.pkl", pickle, method);
            for (int i = 0; i < storages.size(); i++) {
                entry(zip, "archive/data/" + i, storages.get(i), method);
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private void value(Object value) {
        if (value instanceof NdArray array) {
            tensor(array);
        } else if (value instanceof Map<?, ?> map) {
            op('}');
            map.forEach((key, item) -> {
                value(key);
                value(item);
                op('s');
            });
        } else if (value instanceof List<?> list) {
            op(']');
            list.forEach(item -> {
                value(item);
                op('a');
            });
        } else if (value instanceof Integer n) {
            op('J').bytes(number(4).putInt(n));
        } else if (value instanceof Long n) {
            op(0x8a, 8).bytes(number(8).putLong(n));
        } else if (value instanceof Double n) {
            op('G').bytes(ByteBuffer.allocate(8).putDouble(n));
        } else {
            byte[] utf8 = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
            op('X').bytes(number(4).putInt(utf8.length))
                    .bytes(ByteBuffer.wrap(utf8).position(utf8.length));
        }
    }

    private void tensor(NdArray array) {
        global("torch._utils", "_rebuild_tensor_v2");
        op('(', '(');
        value("storage");
        global("torch", array.dtype().isFloating() ? "FloatStorage" : "LongStorage");
        value(String.valueOf(storages.size()));
        value("cuda:0");
        value(array.size());
        op('t', 'Q');
        value(0);
        tuple(array.shape());
        tuple(strides(array.shape()));
        op(0x89, '}', 't', 'R');
        byte[] data = new byte[array.data().remaining()];
        array.data().get(data);
        storages.add(data);
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    private void tuple(long... values) {
        op('(');
        for (long v : values) {
            value(v);
        }
        op('t');
    }

    private PthFile global(String module, String name) {
        op('c');
        pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private PthFile op(int... codes) {
        for (int code : codes) {
            pickle.write(code);
        }
        return this;
    }

    private static ByteBuffer number(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All that was put into a buffer. */
    private PthFile bytes(ByteBuffer filled) {
        pickle.write(filled.array(), 0, filled.position());
        return this;
    }
}
