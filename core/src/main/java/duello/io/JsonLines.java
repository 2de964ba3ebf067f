package duello.io;

import duello.catalog.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A log of one JSON object per line. A process that dies while writing leaves at most one torn last line (one without
 * its newline): reading passes over it, opening for more removes it.
 */
public final class JsonLines implements Closeable {
    private static final int CHUNK = 1 << 12;

    private final Path file;
    private final FileChannel channel;

    private JsonLines(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a log to append to; makes it if it is not there.
     *
     * @throws Failure if the file cannot be written
     */
    public static JsonLines append(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                channel.truncate(endOfLastLine(channel));
                channel.position(channel.size());
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new JsonLines(file, channel);
        } catch (IOException e) {
            throw IoFailures.writing(file, e);
        }
    }

    /** Appends one object; it is with the operating system when this returns. */
    public void add(Object value) {
        ByteBuffer bytes = ByteBuffer.wrap((Json.line(value) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw IoFailures.writing(file, e);
        }
    }

    /** Forces what was added to the disk and closes the file. */
    @Override
    public void close() {
        try (channel) {
            if (channel.isOpen()) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw IoFailures.writing(file, e);
        }
    }

    /**
     * All whole lines of a log, in order; blank lines are passed over.
     *
     * @throws Failure if the file cannot be read or a whole line is not such an object
     */
    public static <T> List<T> read(Path file, Class<T> type) {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw IoFailures.reading(file, e);
        }
        List<T> values = new ArrayList<>();
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            String content = text.substring(start, end);
            if (!content.isBlank()) {
                values.add(Json.parseLine(content, type, file.toString(), line));
            }
            start = end + 1;
            line++;
        }
        return values;
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - CHUNK);
            chunk.clear().limit((int) (end - start));
            while (chunk.hasRemaining() && channel.read(chunk, start + chunk.position()) >= 0) {
                // a read may give less than asked for
            }
            for (int i = chunk.position() - 1; i >= 0; i--) {
                if (chunk.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
