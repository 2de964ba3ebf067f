package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one npy array from a stream; the header is matched, never evaluated. */
final class NpyReader {
    private static final int MAX_HEADER = 1 << 20;
    private static final int MAX_AXES = 32;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L,\\s]*)\\)");
    private static final Map<String, DType> TYPES = Map.of(
            "f2", DType.F16,
            "f4", DType.F32,
            "f8", DType.F64,
            "i1", DType.I8,
            "u1", DType.U8,
            "i2", DType.I16,
            "i4", DType.I32,
            "i8", DType.I64,
            "b1", DType.BOOL);

    private final InputStream in;
    private final String where;

    NpyReader(InputStream in, String where) {
        this.in = in;
        this.where = where;
    }

    /** @param limit how many bytes the array may take at most */
    NdArray read(long limit) throws IOException {
        String header = header();
        DType dtype = dtype(match(DESCR, header, "descr"));
        boolean fortran = match(FORTRAN, header, "fortran_order").equals("True");
        long[] shape = shape(match(SHAPE, header, "shape"));
        long bytes;
        try {
            bytes = dtype.byteCount(shape);
        } catch (ArithmeticException e) {
            throw new Failure(where + ": the shape " + Arrays.toString(shape) + " is impossible; it is damaged", e);
        }
        if (bytes > Math.min(limit, Integer.MAX_VALUE)) {
            throw new Failure(where + ": an array of " + bytes + " bytes is more than it can hold or is allowed to");
        }
        ByteBuffer data = ByteBuffer.wrap(exactly((int) bytes)).order(ByteOrder.LITTLE_ENDIAN);
        if (fortran && bytes > 0) {
            data = Strided.gather(data, dtype.bytes(), shape, columnMajor(shape));
        }
        return NdArray.wrap(dtype, data, shape);
    }

    private String header() throws IOException {
        byte[] start = exactly(Npy.MAGIC.length + 2);
        if (!Arrays.equals(Arrays.copyOf(start, Npy.MAGIC.length), Npy.MAGIC)) {
            throw new Failure(where + ": it is not a npy array");
        }
        int version = start[Npy.MAGIC.length];
        if (version < 1 || version > 3) {
            throw new Failure(where + ": version " + version + " of the npy format is not supported");
        }
        byte[] raw = Arrays.copyOf(exactly(version == 1 ? 2 : 4), 4);
        int length = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > MAX_HEADER) {
            throw new Failure(where + ": a header of " + Integer.toUnsignedString(length) + " bytes is impossible");
        }
        return new String(exactly(length), StandardCharsets.UTF_8);
    }

    /** Never takes more memory than the stream really has. */
    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new Failure(where + ": it is cut short, " + (count - bytes.length) + " bytes are missing");
        }
        return bytes;
    }

    private String match(Pattern pattern, String header, String key) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new Failure(where + ": its header has no usable '" + key + "'; only plain arrays can be read");
        }
        return matcher.group(1);
    }

    private DType dtype(String descr) {
        DType dtype = descr.matches("[<|=].*") ? TYPES.get(descr.substring(1)) : null;
        if (dtype == null) {
            throw new Failure(where + ": the element type '" + descr.replaceAll("[^\\x20-\\x7e]", "?")
                    + "' is not supported; save it as one of little-endian "
                    + TYPES.keySet().stream().sorted().toList());
        }
        return dtype;
    }

    private long[] shape(String text) {
        long[] shape;
        try {
            shape = Arrays.stream(text.replace("L", "").split(",", -1))
                    .map(String::strip)
                    .filter(axis -> !axis.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new Failure(where + ": its shape is damaged", e);
        }
        if (shape.length > MAX_AXES) {
            throw new Failure(where + ": its shape has " + shape.length + " axes");
        }
        return shape;
    }

    private static long[] columnMajor(long[] shape) {
        long[] stride = new long[shape.length];
        long step = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            stride[axis] = step;
            step *= shape[axis];
        }
        return stride;
    }
}
