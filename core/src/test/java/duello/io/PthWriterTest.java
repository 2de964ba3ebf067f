package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what our reader, and PyTorch's, read. */
class PthWriterTest {
    @TempDir
    Path folder;

    private static Map<String, Object> everything() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("weights", Map.of("b.weight", NdArray.of(new float[] {1, -2, 3.5f, 4, 5, 6}, 2, 3)));
        all.put("counter", NdArray.of(new long[] {Long.MAX_VALUE}));
        all.put("empty", NdArray.of(new float[0], 0, 4));
        List<Object> list =
                new ArrayList<>(Arrays.asList(1, -7, 1L << 40, Long.MIN_VALUE, 0.1, Double.NaN, true, false));
        list.add(null);
        all.put("list", list);
        all.put("text", "Größe \u65e5\n\"'");
        all.put("nothing", Map.of());
        all.put("by number", Map.of(0, List.of(), 12345678901L, List.of(List.of("deep"))));
        return all;
    }

    private Path written(Object content) {
        Path file = folder.resolve("x.pth");
        PthWriter.write(file, content);
        return file;
    }

    @Test
    void everyKindOfValueComesBack() {
        Object read = PthReader.read(written(everything()));
        assertThat(read).isEqualTo(everything());
        assertThat(((Map<?, ?>) read).keySet().toArray())
                .as("keys keep their order")
                .isEqualTo(everything().keySet().toArray());
    }

    @Test
    void everyElementTypeComesBack() {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        for (DType type : DType.values()) {
            byte[] bytes = new byte[6 * type.bytes()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (type == DType.BOOL ? i & 1 : 37 * i + 5);
            }
            arrays.put(type.name(), NdArray.wrap(type, ByteBuffer.wrap(bytes), 3, 2));
        }
        assertThat(PthReader.read(written(arrays))).isEqualTo(arrays);
    }

    @Test
    void publishedCheckpointsSurviveReadingAndWriting() {
        for (String name : List.of(
                "rosinality_stylegan2_64/converted-legacy-serialization.pt",
                "resnet32_cbn_pd_dsn/model=D-current-weights-step=3.pth")) {
            Object published = PthReader.read(Golden.resource(name));
            assertThat(PthReader.read(written(published))).as(name).isEqualTo(published);
        }
    }

    @Test
    void theSameDataGiveTheSameBytesStoredAndAligned() throws IOException {
        Path file = written(everything());
        byte[] first = Files.readAllBytes(file);
        assertThat(Files.readAllBytes(written(everything()))).isEqualTo(first);
        Set<String> names = new HashSet<>();
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                names.add(entry.getName());
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getDataOffset() % 64).as(entry.getName()).isZero();
                assertThat(entry.getGeneralPurposeBit().usesDataDescriptor()).isFalse();
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "archive/data.pkl",
                        "archive/byteorder",
                        "archive/version",
                        "archive/data/0",
                        "archive/data/1",
                        "archive/data/2");
        assertThat(folder.toFile().list()).as("no partial file").containsExactly("x.pth");
    }

    /** The reader under {@code torch::pickle_load}, which shares the archive and the pickle machine with TorchScript. */
    @Test
    void libtorchReadsIt() throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("float", NdArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        content.put("long", NdArray.of(new long[] {-9}));
        byte[] bytes = Files.readAllBytes(written(content));
        GenericDict read = torch.pickle_load(new ByteVector(bytes)).toGenericDict();
        var matrix = read.at(new IValue("float")).toTensor();
        assertThat(matrix.size(1)).isEqualTo(3);
        assertThat(matrix.select(0, 1).select(0, 2).item_float()).isEqualTo(6);
        assertThat(read.at(new IValue("long")).toTensor().item_long()).isEqualTo(-9);
    }

    @Test
    void whatNoCheckpointHoldsIsRefused() {
        assertThatThrownBy(() -> written(Map.of("x", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object is not saved");
        assertThatThrownBy(() -> written(Map.of(1.5, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a key is text or a whole number");
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatThrownBy(() -> written(endless)).hasMessageContaining("deeper than 64");
        assertThat(folder.resolve("x.pth")).doesNotExist();
    }
}
