package duello.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A file mapped into memory for reading, in windows, so that its weights take no heap and many small pieces do not
 * take a mapping each. Pieces stay valid after {@link #close}.
 */
final class MappedFile implements AutoCloseable {
    private static final long WINDOW = 1L << 30;

    private final FileChannel channel;
    private final long size;
    private final Map<Long, MappedByteBuffer> windows = new HashMap<>();

    MappedFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    long size() {
        return size;
    }

    /**
     * The bytes from an offset on, little-endian and read-only.
     *
     * @throws IOException if they are not all within the file, or are more than 2 GiB
     */
    ByteBuffer slice(long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IOException("bytes " + offset + " to " + (offset + length) + " are beyond its end at " + size);
        }
        if (length > Integer.MAX_VALUE) {
            throw new IOException("a piece of " + length + " bytes is larger than 2 GiB");
        }
        long window = offset / WINDOW;
        long start = window * WINDOW;
        if (offset + length > start + WINDOW) {
            return channel.map(MapMode.READ_ONLY, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        }
        MappedByteBuffer mapped = windows.get(window);
        if (mapped == null) {
            mapped = channel.map(MapMode.READ_ONLY, start, Math.min(WINDOW, size - start));
            windows.put(window, mapped);
        }
        return mapped.slice((int) (offset - start), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
