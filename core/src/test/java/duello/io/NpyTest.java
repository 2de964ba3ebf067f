package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
    @TempDir
    Path folder;

    @Test
    void everyTypeAndShapeSurvivesTheFile() {
        NdArray floats = NdArray.of(new float[] {1, 0, -3, 4, 5, 6.5f}, 2, 3);
        Path file = folder.resolve("x.npy");
        for (DType dtype : DType.values()) {
            if (dtype != DType.BF16) {
                Npy.write(file, floats.to(dtype));
                assertThat(Npy.read(file)).isEqualTo(floats.to(dtype));
            }
        }
        for (NdArray array : new NdArray[] {
            NdArray.of(new long[] {7}), NdArray.of(new float[0], 3, 0), NdArray.of(new double[] {1, 2}, 2)
        }) {
            Npy.write(file, array);
            assertThat(Npy.read(file)).isEqualTo(array);
        }
    }

    @Test
    void theHeaderIsTheOneThatNumPyWrites() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, NdArray.of(new float[] {1, 2, 3}, 3));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 12);
        assertThat(Arrays.copyOf(bytes, 10)).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
        String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
        assertThat(header.strip()).isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }");
        assertThat(header).endsWith(" \n");
    }

    @Test
    void fortranOrderIsTurnedAndAllVersionsAreRead() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3, 2), }\n";
        float[] columns = {0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11};
        NdArray expected = NdArray.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 2, 3, 2);
        for (int version = 1; version <= 3; version++) {
            assertThat(Npy.read(file(version, header, columns))).isEqualTo(expected);
        }
    }

    @Test
    void whatIsNotAPlainArrayIsRefused() throws IOException {
        refuses("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "element type '|O'");
        refuses("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "element type '>f4'");
        refuses("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "no usable 'descr'");
        refuses("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "no usable 'shape'");
        refuses("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "more than it can hold");
        refuses("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,4294967296), }", "impossible");
        refuses("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "shape is damaged");
        refuses("{'descr': '<f4', 'shape': (1,), }", "no usable 'fortran_order'");
    }

    @Test
    void everyCutOfAFileIsRefused() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, NdArray.of(new float[] {1, 2}, 2));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(Failure.class);
        }
    }

    @Test
    void anNpzSurvivesTheFileWithTheSameBytesEachTime() throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        arrays.put("mu", NdArray.of(new double[] {1, 2}, 2));
        arrays.put("a/sigma", NdArray.of(new double[] {1, 2, 3, 4}, 2, 2));
        Path file = folder.resolve("x.npz");
        Npz.write(file, arrays);
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, arrays);
        assertThat(file).hasBinaryContent(first);
        assertThat(Npz.read(file)).containsExactlyEntriesOf(arrays);
    }

    @Test
    void aZipBombIsRefusedByTheLimitOrByItsMissingBytes() throws IOException {
        Path file = folder.resolve("bomb.npz");
        Npz.write(file, Map.of("a", NdArray.of(new float[1 << 20], 1 << 20)));
        assertThat(Files.size(file)).isLessThan(1 << 16);
        assertThatThrownBy(() -> Npz.read(file, 1 << 20))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("array 'a'")
                .hasMessageContaining("allowed");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }"));
        }
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(Failure.class).hasMessageContaining("cut short");
    }

    @Test
    void anotherFormatIsNamedAsSuch() throws IOException {
        Path file = Files.writeString(folder.resolve("x.npz"), "<html>");
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(Failure.class).hasMessageContaining("not a readable npz");
        assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(Failure.class);
    }

    private void refuses(String header, String message) throws IOException {
        Path file = file(1, header, 1);
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    private Path file(int version, String header, float... values) throws IOException {
        byte[] start = npy(version, header);
        ByteBuffer bytes = ByteBuffer.allocate(start.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(start);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Files.write(folder.resolve("made.npy"), bytes.array());
    }

    private static byte[] npy(int version, String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        out.write(length.array(), 0, version == 1 ? 2 : 4);
        out.writeBytes(text);
        return out.toByteArray();
    }
}
