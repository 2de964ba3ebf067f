package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: 8 bytes of header length (little-endian), a JSON header (name to dtype, shape and
 * {@code data_offsets} from the end of the header; {@code __metadata__} maps strings to strings), then raw
 * little-endian data. Source: the format's description by Hugging Face.
 */
public final class SafeTensors {
    static final String METADATA = "__metadata__";
    static final long MAX_HEADER = 100_000_000;

    /** What a file holds, both maps in the order of its header. */
    public record Contents(Map<String, String> metadata, LinkedHashMap<String, NdArray> tensors) {}

    private SafeTensors() {}

    /**
     * Reads a file. The arrays are views of the mapped file, so reading costs no heap; the file must not be changed in
     * place while they are used (replacing it as {@link AtomicFiles} does is harmless).
     *
     * @throws Failure if the file is cut short, its header or an offset is wrong, tensors overlap or leave gaps, or an
     *     element type is not one of {@link DType}
     */
    public static Contents read(Path file) {
        try (MappedFile mapped = new MappedFile(file)) {
            return new SafeTensorsReader(file, mapped).read();
        } catch (IOException e) {
            throw IoFailures.reading(file, e);
        }
    }

    /** Writes a file, whole or not at all; see {@link #write(OutputStream, Map, Map)} and {@link AtomicFiles}. */
    public static void write(Path file, Map<String, NdArray> tensors, Map<String, String> metadata) {
        AtomicFiles.write(file, out -> write(out, tensors, metadata));
    }

    /**
     * Writes tensors to a stream, which stays open. The header keeps the order of the maps and is padded with blanks to
     * a multiple of 8; the data are laid out with wide elements first, so that every tensor is aligned.
     */
    public static void write(OutputStream out, Map<String, NdArray> tensors, Map<String, String> metadata)
            throws IOException {
        List<Map.Entry<String, NdArray>> layout = new ArrayList<>(tensors.entrySet());
        layout.sort(Comparator.comparingInt(entry -> -entry.getValue().dtype().bytes()));
        byte[] header = header(tensors, metadata, offsets(layout));
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(header.length).array());
        out.write(header);
        WritableByteChannel channel = Channels.newChannel(out);
        for (Map.Entry<String, NdArray> entry : layout) {
            ByteBuffer data = entry.getValue().data();
            while (data.hasRemaining()) {
                channel.write(data);
            }
        }
    }

    private static Map<String, Long> offsets(List<Map.Entry<String, NdArray>> layout) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, NdArray> entry : layout) {
            offsets.put(entry.getKey(), offset);
            offset += entry.getValue().data().remaining();
        }
        return offsets;
    }

    private static byte[] header(
            Map<String, NdArray> tensors, Map<String, String> metadata, Map<String, Long> offsets) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            json.put(METADATA, metadata);
        }
        tensors.forEach((name, array) -> {
            if (name.equals(METADATA)) {
                throw new IllegalArgumentException("a tensor cannot be called " + METADATA);
            }
            long begin = offsets.getOrDefault(name, 0L);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", array.dtype().name());
            entry.put("shape", array.shape());
            entry.put("data_offsets", List.of(begin, begin + array.data().remaining()));
            json.put(name, entry);
        });
        StringBuilder text = new StringBuilder(Json.line(json));
        int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
        text.append(" ".repeat(Math.floorMod(-bytes, 8)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
