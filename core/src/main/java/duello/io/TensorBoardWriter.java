package duello.io;

import duello.catalog.Failure;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.zip.CRC32C;

/**
 * Writes a file that TensorBoard shows: {@code events.out.tfevents.<second>.<host>.<pid>.<n>}, a sequence of TFRecords
 * (length, its checksum, an {@code Event} message, its checksum). Safe to be used by several threads. Source:
 * TensorFlow's {@code event.proto}, {@code summary.proto} and {@code record_writer}.
 */
public final class TensorBoardWriter implements Closeable {
    private static final int RGB = 3;
    private static final int DT_STRING = 7;
    private static final int MAX_FILES = 1000;

    private final InstantSource clock;
    private final Path file;
    private final OutputStream out;

    /** Opens a new file in a folder, which is made if need be; {@link Failure} if it cannot be written. */
    public TensorBoardWriter(Path folder) {
        this(folder, InstantSource.system());
    }

    TensorBoardWriter(Path folder, InstantSource clock) {
        this.clock = clock;
        try {
            Files.createDirectories(folder);
            file = newFile(folder, clock.instant().getEpochSecond());
            out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw IoFailures.writing(folder, e);
        }
        write(new Proto().real(1, seconds()).text(3, "brain.Event:2"));
        flush();
    }

    /** The file that is being written. */
    public Path file() {
        return file;
    }

    /** A point of a curve. */
    public void scalar(String tag, long step, double value) {
        summary(step, new Proto().text(1, tag).real(2, (float) value));
    }

    /** A picture, given as the bytes of a PNG file of that width and height in pixels. */
    public void image(String tag, long step, byte[] png, int width, int height) {
        Proto image =
                new Proto().integer(1, height).integer(2, width).integer(3, RGB).bytes(4, png);
        summary(step, new Proto().text(1, tag).message(4, image));
    }

    /** A text, shown as Markdown. */
    public void text(String tag, long step, String text) {
        Proto shape = new Proto().message(2, new Proto().integer(1, 1));
        Proto tensor = new Proto().integer(1, DT_STRING).message(2, shape).text(8, text);
        Proto metadata = new Proto().message(1, new Proto().text(1, "text"));
        summary(step, new Proto().text(1, tag).message(8, tensor).message(9, metadata));
    }

    /** How values spread, in 30 buckets of equal width; values that are not finite are left out. */
    public void histogram(String tag, long step, double... values) {
        summary(step, new Proto().text(1, tag).message(5, Histogram.of(values).toProto()));
    }

    /** Hands everything written so far to the operating system, so that TensorBoard sees it. */
    public synchronized void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw IoFailures.writing(file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw IoFailures.writing(file, e);
        }
    }

    private void summary(long step, Proto value) {
        write(new Proto().real(1, seconds()).integer(2, step).message(5, new Proto().message(1, value)));
    }

    private synchronized void write(Proto event) {
        byte[] data = event.toBytes();
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
        head.putInt(maskedCrc(head.array(), 8));
        ByteBuffer tail = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(maskedCrc(data, data.length));
        try {
            out.write(head.array());
            out.write(data);
            out.write(tail.array());
        } catch (IOException e) {
            throw IoFailures.writing(file, e);
        }
    }

    /** CRC-32C, rotated right by 15 bits plus a constant, so that checksums of checksums stay useful. */
    static int maskedCrc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private double seconds() {
        Instant now = clock.instant();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    private static Path newFile(Path folder, long second) throws IOException {
        String start = "events.out.tfevents." + second + "." + host() + "."
                + ProcessHandle.current().pid() + ".";
        for (int n = 0; n < MAX_FILES; n++) {
            try {
                return Files.createFile(folder.resolve(start + n));
            } catch (FileAlreadyExistsException e) {
                // another writer of this process and second; the next number is free
            }
        }
        throw new IOException("there are " + MAX_FILES + " event files of this second already");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9_-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
