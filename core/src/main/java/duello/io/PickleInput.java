package duello.io;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of one or more pickles, with the place reached and what is left, so that lengths can be checked. */
final class PickleInput extends InputStream {
    private final ByteBuffer bytes;

    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int position() {
        return bytes.position();
    }

    /** The little-endian number in the next bytes, without moving on; -1 if they are not there. */
    long peek(int count) {
        if (bytes.remaining() < count) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < count; i++) {
            number |= (bytes.get(bytes.position() + i) & 0xffL) << (8 * i);
        }
        return number;
    }

    @Override
    public int available() {
        return bytes.remaining();
    }

    @Override
    public int read() {
        return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, bytes.remaining());
        if (count == 0) {
            return -1;
        }
        bytes.get(target, offset, count);
        return count;
    }
}
