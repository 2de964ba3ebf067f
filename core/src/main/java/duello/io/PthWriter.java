package duello.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes PyTorch checkpoints ({@code .pth}, {@code .pt}) in the zip container of PyTorch 1.6 and later, so that
 * {@code torch.load(file, weights_only=True)} reads them: {@code archive/data.pkl}, {@code archive/byteorder}, one entry
 * {@code archive/data/<number>} for each tensor, {@code archive/version}; nothing is compressed, and every entry's data
 * begin at a multiple of 64 bytes. The same data always give the same bytes.
 */
public final class PthWriter {
    private static final String ROOT = "archive/";
    private static final String VERSION = "3\n";
    private static final int ALIGNMENT = 64;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private PthWriter() {}

    /**
     * Writes a checkpoint, whole or not at all.
     *
     * @param content nested {@link java.util.Map} (with keys of text or whole numbers, in their order), {@link List},
     *     {@link Number}, {@link Boolean}, {@link String}, {@link NdArray} and null, as {@link PthReader#read} gives them
     * @throws duello.catalog.Failure if the file cannot be written
     * @throws IllegalArgumentException if there is anything else in it
     */
    public static void write(Path file, Object content) {
        PickleWriter.Pickled pickled = PickleWriter.of(content);
        AtomicFiles.write(file, out -> write(out, pickled));
    }

    private static void write(OutputStream out, PickleWriter.Pickled pickled) throws IOException {
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out);
        add(zip, "data.pkl", ByteBuffer.wrap(pickled.bytes()));
        add(zip, "byteorder", text("little"));
        List<NdArray> storages = pickled.storages();
        for (int i = 0; i < storages.size(); i++) {
            add(zip, "data/" + i, storages.get(i).data());
        }
        add(zip, "version", text(VERSION));
        zip.finish();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds an entry as it is. */
    private static void add(ZipArchiveOutputStream zip, String name, ByteBuffer content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content.duplicate());
        ZipArchiveEntry entry = new ZipArchiveEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.remaining());
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(NO_TIME);
        entry.setAlignment(ALIGNMENT);
        zip.putArchiveEntry(entry);
        WritableByteChannel channel = Channels.newChannel(zip);
        while (content.hasRemaining()) {
            channel.write(content);
        }
        zip.closeArchiveEntry();
    }
}
