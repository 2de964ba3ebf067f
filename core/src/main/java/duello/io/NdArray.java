package duello.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array as files hold it: element type, shape, and little-endian bytes in row-major order without gaps. A value:
 * it never changes, and two are equal if type, shape and bytes are. The bytes may be those of a mapped file.
 */
public final class NdArray {
    private final DType dtype;
    private final long[] shape;
    private final ByteBuffer data;

    private NdArray(DType dtype, long[] shape, ByteBuffer data) {
        this.dtype = dtype;
        this.shape = shape.clone();
        this.data = data;
    }

    /**
     * An array over the remaining bytes of a buffer, which is shared and must not be changed afterwards.
     *
     * @throws IllegalArgumentException if the number of bytes is not what type and shape ask for
     */
    public static NdArray wrap(DType dtype, ByteBuffer data, long... shape) {
        long bytes = dtype.byteCount(shape);
        if (bytes != data.remaining()) {
            throw new IllegalArgumentException(
                    dtype + Arrays.toString(shape) + " takes " + bytes + " bytes, not " + data.remaining());
        }
        return new NdArray(dtype, shape, data.slice().asReadOnlyBuffer());
    }

    /** An F32 array; the number of values must be the product of the axes. */
    public static NdArray of(float[] values, long... shape) {
        ByteBuffer bytes = allocate(DType.F32, values.length);
        bytes.asFloatBuffer().put(values);
        return wrap(DType.F32, bytes, shape);
    }

    /** An F64 array; the number of values must be the product of the axes. */
    public static NdArray of(double[] values, long... shape) {
        ByteBuffer bytes = allocate(DType.F64, values.length);
        bytes.asDoubleBuffer().put(values);
        return wrap(DType.F64, bytes, shape);
    }

    /** An I64 array; the number of values must be the product of the axes. */
    public static NdArray of(long[] values, long... shape) {
        ByteBuffer bytes = allocate(DType.I64, values.length);
        bytes.asLongBuffer().put(values);
        return wrap(DType.I64, bytes, shape);
    }

    /** An I32 array; the number of values must be the product of the axes. */
    public static NdArray of(int[] values, long... shape) {
        ByteBuffer bytes = allocate(DType.I32, values.length);
        bytes.asIntBuffer().put(values);
        return wrap(DType.I32, bytes, shape);
    }

    /** A U8 array of a copy of the bytes; the number of values must be the product of the axes. */
    public static NdArray of(byte[] values, long... shape) {
        return wrap(DType.U8, ByteBuffer.wrap(values.clone()), shape);
    }

    public DType dtype() {
        return dtype;
    }

    /** A copy of the axes, outermost first; empty for a scalar. */
    public long[] shape() {
        return shape.clone();
    }

    /** The number of elements. */
    public int size() {
        return data.capacity() / dtype.bytes();
    }

    /** All bytes: read-only, little-endian, from position 0; each call gives a view with its own position. */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same bytes under another shape of as many elements. */
    public NdArray reshape(long... newShape) {
        return wrap(dtype, data(), newShape);
    }

    /**
     * The values converted to another type: to 16 bits rounding to nearest even (F64 by way of F32), to whole numbers
     * as Java's casts do, to BOOL as "not zero".
     */
    public NdArray to(DType target) {
        if (target == dtype) {
            return this;
        }
        ByteBuffer out = allocate(target, size());
        ByteBuffer in = data();
        for (int i = 0; i < size(); i++) {
            if (dtype.isFloating() || target.isFloating()) {
                Elements.putDouble(target, out, i, Elements.asDouble(dtype, in, i));
            } else {
                Elements.putLong(target, out, i, Elements.asLong(dtype, in, i));
            }
        }
        return wrap(target, out, shape);
    }

    /** The values as {@code float}, row-major; rounded where the type is wider. */
    public float[] toFloats() {
        float[] values = new float[size()];
        ByteBuffer in = data();
        if (dtype == DType.F32) {
            in.asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Elements.asDouble(dtype, in, i);
        }
        return values;
    }

    /** The values as {@code double}, row-major; exact but for whole numbers beyond 2^53. */
    public double[] toDoubles() {
        double[] values = new double[size()];
        ByteBuffer in = data();
        for (int i = 0; i < values.length; i++) {
            values[i] = Elements.asDouble(dtype, in, i);
        }
        return values;
    }

    /**
     * The values of a whole-number or BOOL array, row-major.
     *
     * @throws IllegalStateException if the type is floating
     */
    public long[] toLongs() {
        if (dtype.isFloating()) {
            throw new IllegalStateException("values of type " + dtype + " are not whole numbers");
        }
        long[] values = new long[size()];
        ByteBuffer in = data();
        for (int i = 0; i < values.length; i++) {
            values[i] = Elements.asLong(dtype, in, i);
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NdArray array
                && dtype == array.dtype
                && Arrays.equals(shape, array.shape)
                && data.equals(array.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dtype.hashCode() + Arrays.hashCode(shape)) + data.hashCode();
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }

    private static ByteBuffer allocate(DType dtype, int elements) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, dtype.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
