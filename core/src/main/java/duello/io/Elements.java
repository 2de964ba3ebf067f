package duello.io;

import java.nio.ByteBuffer;

/** Single elements of a little-endian buffer, by type and index. */
final class Elements {
    private Elements() {}

    static double asDouble(DType dtype, ByteBuffer in, int index) {
        int at = index * dtype.bytes();
        return switch (dtype) {
            case F16 -> Half.fromF16(in.getShort(at));
            case BF16 -> Half.fromBf16(in.getShort(at));
            case F32 -> in.getFloat(at);
            case F64 -> in.getDouble(at);
            case I8, U8, I16, I32, I64, BOOL -> asLong(dtype, in, index);
        };
    }

    static long asLong(DType dtype, ByteBuffer in, int index) {
        int at = index * dtype.bytes();
        return switch (dtype) {
            case I8 -> in.get(at);
            case U8 -> in.get(at) & 0xff;
            case I16 -> in.getShort(at);
            case I32 -> in.getInt(at);
            case I64 -> in.getLong(at);
            case BOOL -> in.get(at) == 0 ? 0 : 1;
            case F16, BF16, F32, F64 -> throw new IllegalStateException(dtype + " is not a whole number");
        };
    }

    static void putDouble(DType dtype, ByteBuffer out, int index, double value) {
        int at = index * dtype.bytes();
        switch (dtype) {
            case F16 -> out.putShort(at, Half.toF16((float) value));
            case BF16 -> out.putShort(at, Half.toBf16((float) value));
            case F32 -> out.putFloat(at, (float) value);
            case F64 -> out.putDouble(at, value);
            case BOOL -> out.put(at, (byte) (value == 0 ? 0 : 1));
            case I8, U8, I16, I32, I64 -> putLong(dtype, out, index, (long) value);
        }
    }

    static void putLong(DType dtype, ByteBuffer out, int index, long value) {
        int at = index * dtype.bytes();
        switch (dtype) {
            case I8, U8 -> out.put(at, (byte) value);
            case I16 -> out.putShort(at, (short) value);
            case I32 -> out.putInt(at, (int) value);
            case I64 -> out.putLong(at, value);
            case BOOL -> out.put(at, (byte) (value == 0 ? 0 : 1));
            case F16, BF16, F32, F64 -> putDouble(dtype, out, index, (double) value);
        }
    }
}
