package duello.io;

import duello.catalog.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An LMDB file opened for reading: whatever is asked for lies within the file, or is refused. */
final class LmdbFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final long size;

    LmdbFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
    }

    /** In bytes, when it was opened. */
    long size() {
        return size;
    }

    boolean holds(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size - length;
    }

    /** Little-endian; the caller has asked {@link #holds}, or has a failure of its own to expect. */
    ByteBuffer read(long offset, int length) throws IOException {
        if (!holds(offset, length)) {
            throw cutOff(offset + length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException(); // it shrank since it was opened
            }
        }
        return bytes.flip();
    }

    Failure cutOff(long end) {
        return new Failure("%s: is cut off: it has %d bytes, but something in it ends at byte %s; fetch it again"
                .formatted(path, size, Long.toUnsignedString(end)));
    }

    Failure damaged(String what) {
        return new Failure(path + ": " + what + "; the LMDB database is damaged, fetch it again");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
