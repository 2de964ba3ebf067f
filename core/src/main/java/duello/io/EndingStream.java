package duello.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file's bytes for a reader that may not take the end for an answer: some read on for minutes, pixel by pixel. Reading a
 * little past the end is usual, reading far past it means that the file is cut off.
 */
final class EndingStream extends MemoryCacheImageInputStream {
    private static final int PATIENCE = 1000;

    private int pastEnd;

    EndingStream(byte[] bytes) {
        super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read() throws IOException {
        return counted(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return counted(super.read(into, offset, length));
    }

    /** Throws no EOFException: that is what such readers swallow. */
    private int counted(int result) throws IOException {
        if (result < 0 && ++pastEnd > PATIENCE) {
            throw new IOException("the file is cut off");
        }
        return result;
    }
}
