package duello.io;

/** The element type of an {@link NdArray}; the names are those of the safetensors format. */
public enum DType {
    /** IEEE 754 half precision: 5 bits of exponent, 10 of fraction. */
    F16(2, true),
    /** The upper half of a {@code float}: 8 bits of exponent, 7 of fraction. */
    BF16(2, true),
    F32(4, true),
    F64(8, true),
    I8(1, false),
    U8(1, false),
    I16(2, false),
    I32(4, false),
    I64(8, false),
    /** One byte, 0 or 1. */
    BOOL(1, false);

    private final int bytes;
    private final boolean floating;

    DType(int bytes, boolean floating) {
        this.bytes = bytes;
        this.floating = floating;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    public boolean isFloating() {
        return floating;
    }

    /**
     * The number of elements of a shape; 1 for no axes.
     *
     * @throws ArithmeticException if an axis is negative or the product exceeds 2^63 - 1
     */
    public static long elements(long... shape) {
        long product = 1;
        for (long axis : shape) {
            if (axis < 0) {
                throw new ArithmeticException("negative axis " + axis);
            }
            product = Math.multiplyExact(product, axis);
        }
        return product;
    }

    /**
     * The number of bytes that an array of this type and shape takes.
     *
     * @throws ArithmeticException if an axis is negative or the size exceeds 2^63 - 1
     */
    public long byteCount(long... shape) {
        return Math.multiplyExact(elements(shape), (long) bytes);
    }
}
