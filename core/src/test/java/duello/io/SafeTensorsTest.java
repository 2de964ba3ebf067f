package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        NdArray floats = NdArray.of(new float[] {1.5f, -2, 3, 4, 5, 6}, 2, 3);
        tensors.put("z.mask", floats.to(DType.BOOL));
        for (DType dtype : DType.values()) {
            tensors.put("t." + dtype, floats.to(dtype));
        }
        tensors.put("a.scalar ü", NdArray.of(new long[] {7}));
        tensors.put("empty", NdArray.of(new float[0], 0, 4));
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("format", "pt"));
        Path file = folder.resolve("x.safetensors");

        SafeTensors.write(file, tensors, metadata);
        SafeTensors.Contents read = SafeTensors.read(file);

        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(read.tensors()).containsExactlyEntriesOf(tensors);
    }

    @Test
    void theHeaderAndEveryTensorAreAligned() throws IOException {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        tensors.put("bytes", NdArray.of(new byte[] {1, 2, 3}, 3));
        tensors.put("doubles", NdArray.of(new double[] {1, 2}, 2));
        Path file = folder.resolve("x.safetensors");
        SafeTensors.write(file, tensors, Map.of());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long header = bytes.getLong(0);
        assertThat(header % 8).isZero();
        assertThat(bytes.getDouble((int) (8 + header)))
                .as("wide elements come first")
                .isEqualTo(1.0);
        assertThat(SafeTensors.read(file).tensors().keySet()).containsExactly("bytes", "doubles");
    }

    @Test
    void readsAFileOfAnotherWriterAndWritesItBackEqual() {
        Path golden = Golden.folder().resolve("deepconv32_uncond_bn/G.safetensors");
        SafeTensors.Contents read = SafeTensors.read(golden);
        assertThat(read.metadata()).containsEntry("fixture", "deepconv32_uncond_bn");
        assertThat(read.tensors().keySet()).startsWith("linear0.weight", "linear0.bias");
        assertThat(read.tensors().get("linear0.weight")).hasToString("F32[1024, 24]");
        Path copy = folder.resolve("copy.safetensors");
        SafeTensors.write(copy, read.tensors(), read.metadata());
        assertThat(SafeTensors.read(copy)).isEqualTo(read);
    }

    @Test
    void everyCutOfAFileIsRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        SafeTensors.write(file, Map.of("w", NdArray.of(new float[] {1, 2}, 2)), Map.of());
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.safetensors");
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafeTensors.read(cut))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith(cut + ": truncated at byte " + length);
        }
    }

    @Test
    void aWrongHeaderIsRefusedWithTheTensorThatIsWrong() throws IOException {
        refuses(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                8,
                "tensor 'b' overlaps");
        refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "tensor 'a' leaves a gap of 4");
        refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8, "4 bytes after the last");
        refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "tensor 'a' takes 8 bytes");
        refuses("{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "element type 'C64'");
        refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "not a natural number");
        refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", 4, "not a natural number");
        refuses(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}",
                4,
                "impossible shape");
        refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "[begin, end]");
        refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}", 4, "exactly dtype");
        refuses(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
                0,
                "uplicate");
        refuses("{\"__metadata__\":{\"a\":1}}", 0, "__metadata__ 'a' is not a string");
        refuses("[1]", 0, "not a JSON object");
        refuses("{\"a\":", 0, "safetensors header:1:");
    }

    @Test
    void anImpossibleHeaderLengthIsRefusedBeforeMemoryIsTaken() throws IOException {
        Path file = folder.resolve("x.safetensors");
        for (long length : new long[] {-1, 0, 100_000_001, Long.MAX_VALUE}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(64)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, length)
                            .array());
            assertThatThrownBy(() -> SafeTensors.read(file))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("not a safetensors file");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.safetensors");
        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("none.safetensors: cannot be read: no such file");
    }

    private void refuses(String header, int dataBytes, String message) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        Path file = folder.resolve("broken.safetensors");
        Files.write(file, bytes.array());
        assertThatThrownBy(() -> SafeTensors.read(file))
                .as(header)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("broken.safetensors")
                .hasMessageContaining(message);
    }
}
