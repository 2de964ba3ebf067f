package duello.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies of strided views: what is not row-major without gaps becomes so. */
final class Strided {
    private Strided() {}

    /**
     * The elements of a view in row-major order.
     *
     * @param source the bytes, from the view's first element on
     * @param width bytes of one element
     * @param size the axes, none of them 0
     * @param stride the distance along each axis, in elements
     */
    static ByteBuffer gather(ByteBuffer source, int width, long[] size, long[] stride) {
        int bytes = Math.toIntExact(DType.elements(size) * width);
        ByteBuffer copy = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[size.length];
        while (copy.hasRemaining()) {
            long at = 0;
            for (int axis = 0; axis < size.length; axis++) {
                at += index[axis] * stride[axis];
            }
            copy.put(copy.position(), source, Math.toIntExact(at * width), width);
            copy.position(copy.position() + width);
            advance(index, size);
        }
        return copy.flip();
    }

    private static void advance(long[] index, long[] size) {
        for (int axis = size.length - 1; axis >= 0; axis--) {
            if (++index[axis] < size[axis]) {
                return;
            }
            index[axis] = 0;
        }
    }
}
