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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PthReaderTest {
    @TempDir
    Path folder;

    @Test
    void everyStudioGanFileEqualsItsSafetensors() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Golden.folder())) {
            files = walk.filter(path -> path.getFileName().toString().matches("model=.*\\.pth"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(8);
        for (Path file : files) {
            String model = file.getFileName().toString().replaceAll("model=(.*?)-.*", "$1");
            Map<?, ?> read = PthReader.readMap(file);
            assertEqualsSafetensors(read.get("state_dict"), file.resolveSibling(model + ".safetensors"));
            assertThat(read.containsKey("optimizer")).isEqualTo(!model.equals("G_ema"));
        }
    }

    @Test
    void otherProjectsFilesEqualTheirSafetensors() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Golden.folder())) {
            files = walk.filter(path -> path.getFileName().toString().matches(".*\\.pt|state.*\\.pth"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            int compared = 0;
            for (Map.Entry<?, ?> entry : PthReader.readMap(file).entrySet()) {
                String model = String.valueOf(entry.getKey()).replaceAll("net|_state(_dict)?", "");
                Path neighbour = file.resolveSibling(model + ".safetensors");
                if (Files.exists(neighbour)) {
                    assertEqualsSafetensors(entry.getValue(), neighbour);
                    compared++;
                }
            }
            assertThat(compared).as("networks compared in %s", file).isPositive();
        }
    }

    @Test
    void theOldContainerHoldsAllNetworksAndTheLatentMean() {
        Map<?, ?> read =
                PthReader.readMap(Golden.folder().resolve("rosinality_stylegan2_64/converted-legacy-serialization.pt"));
        assertThat(read.keySet().stream().map(String::valueOf)).contains("g_ema", "latent_avg", "g", "d");
        assertThat(read.get("latent_avg")).isInstanceOf(NdArray.class);
    }

    @Test
    void bookkeepingOfADiscriminatorFileIsPlainData() {
        Map<?, ?> read =
                PthReader.readMap(Golden.folder().resolve("resnet32_cbn_pd_dsn/model=D-current-weights-step=3.pth"));
        assertThat(read.get("step")).isEqualTo(3);
        assertThat(read.get("run_name")).isInstanceOf(String.class);
        assertThat(read.get("best_fid")).isInstanceOf(Double.class);
        assertThat(read.get("lecam_emas")).isInstanceOf(Map.class);
        assertThat(at(read, "optimizer", "param_groups", 0, "betas")).isInstanceOf(List.class);
        assertThat(at(read, "optimizer", "state", 0, "exp_avg")).isInstanceOf(NdArray.class);
    }

    private static @Nullable Object at(Object root, Object... path) {
        Object value = root;
        for (Object key : path) {
            value = value instanceof List<?> list
                    ? list.get((Integer) key)
                    : ((Map<?, ?>) Objects.requireNonNull(value)).get(key);
        }
        return value;
    }

    @Test
    void offsetAndStrideAreHonouredAndStoragesShared() throws IOException {
        PickleBytes pickle = new PickleBytes().op('}').mark();
        pickle.text("transposed").tensor("0", 6, 0, new int[] {3, 2}, new int[] {1, 3});
        pickle.text("row").tensor("0", 6, 3, new int[] {3}, new int[] {1});
        pickle.text("every other").tensor("0", 6, 1, new int[] {3}, new int[] {2});
        pickle.text("scalar").tensor("0", 6, 5, new int[] {}, new int[] {});
        Path file = zip(pickle.op('u').stop(), floats(0, 1, 2, 3, 4, 5));
        assertThat(PthReader.stateDict(PthReader.read(file), "x"))
                .containsEntry("transposed", NdArray.of(new float[] {0, 3, 1, 4, 2, 5}, 3, 2))
                .containsEntry("row", NdArray.of(new float[] {3, 4, 5}, 3))
                .containsEntry("every other", NdArray.of(new float[] {1, 3, 5}, 3))
                .containsEntry("scalar", NdArray.of(new float[] {5}));
    }

    @Test
    void thePrefixOfParallelTrainingIsTakenOff() {
        NdArray array = NdArray.of(new float[] {1}, 1);
        Map<String, Object> parallel = new LinkedHashMap<>(Map.of("module.a", array, "module.module.b", array));
        assertThat(PthReader.stateDict(parallel, "x")).containsOnlyKeys("a", "module.b");
        assertThat(PthReader.stateDict(Map.of("module.a", array, "b", array), "x"))
                .containsOnlyKeys("module.a", "b");
        assertThatThrownBy(() -> PthReader.stateDict(Map.of("a", 1), "x.pth"))
                .isInstanceOf(Failure.class)
                .hasMessage("x.pth: 'a' is not a tensor, so this is not a state dict");
    }

    @Test
    void aForeignPythonNameIsRefusedByNameAndNothingIsRun() throws IOException {
        String[][] names = {
            {"os", "system"},
            {"posix", "system"},
            {"builtins", "eval"},
            {"builtins", "bytearray"},
            {"java.lang", "Runtime"},
            {"java.io", "FileOutputStream"},
            {"datetime", "datetime"},
            {"decimal", "Decimal"},
            {"array", "array"},
            {"copyreg", "_reconstructor"},
            {"operator", "attrgetter"},
            {"torch", "load"},
            {"torch", "FloatTensor"},
            {"collections", "OrderedDict.x"},
            {"torch._utils._rebuild_tensor_v2", ""},
        };
        Path canary = folder.resolve("canary");
        for (String[] name : names) {
            byte[] pickle = new PickleBytes()
                    .global(name[0], name[1])
                    .mark()
                    .text(canary.toString())
                    .op('t', 'R')
                    .stop();
            assertThatThrownBy(() -> PthReader.read(zip(pickle)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("Python object '" + name[0] + "." + name[1] + "'")
                    .hasMessageContaining("nothing of it was run");
        }
        assertThat(canary).doesNotExist();
    }

    @Test
    void aForeignNameIsRefusedByEveryOtherOpcodeThatCouldMakeAnObject() throws IOException {
        byte[] stackGlobal =
                new PickleBytes().text("os").text("system").op(0x93).stop();
        assertThatThrownBy(() -> PthReader.read(zip(stackGlobal))).hasMessageContaining("Python object 'os.system'");
        for (int opcode : new int[] {'i', 'o', 0x92, 0x82, 'P', 'S', 'V', 'I', 'L', 'g', 'p', 0x8b, 0x96, 0x97}) {
            byte[] pickle =
                    new PickleBytes().mark().op(opcode).text("os\nsystem\n").stop();
            assertThatThrownBy(() -> PthReader.read(zip(pickle)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("opcode 0x" + Integer.toHexString(opcode));
        }
    }

    @Test
    void aNameCannotSmuggleControlCharactersIntoTheMessage() throws IOException {
        byte[] pickle = new PickleBytes().global("o\u001b[31ms\r", "x").stop();
        assertThatThrownBy(() -> PthReader.read(zip(pickle))).hasMessageContaining("'o?[31ms?.x'");
    }

    @Test
    void aTensorBeyondItsStorageIsRefused() throws IOException {
        int[][][] shapes = {
            {{7}, {1}, {0}},
            {{3}, {3}, {0}},
            {{6}, {1}, {1}},
            {{1 << 30, 1 << 30, 1 << 30}, {0, 0, 0}, {0}},
            {{1000}, {0}, {0}},
            {{2, 2}, {1}, {0}},
            {{-1}, {1}, {0}},
            {{1}, {1}, {6}},
            {{2}, {Integer.MAX_VALUE}, {0}}
        };
        for (int[][] shape : shapes) {
            byte[] pickle = new PickleBytes()
                    .tensor("0", 6, shape[2][0], shape[0], shape[1])
                    .stop();
            assertThatThrownBy(() -> PthReader.read(zip(pickle, floats(0, 1, 2, 3, 4, 5))))
                    .as(Arrays.deepToString(shape))
                    .isInstanceOf(Failure.class);
        }
    }

    @Test
    void manyCopiesOfAViewCannotFillMemory() throws IOException {
        PickleBytes pickle = new PickleBytes().op(']').mark();
        for (int i = 0; i < 2000; i++) {
            pickle.tensor("0", 6, 0, new int[] {3, 2}, new int[] {1, 3});
        }
        Path honest = zip(pickle.op('e').stop(), floats(0, 1, 2, 3, 4, 5));
        assertThat((List<?>) PthReader.read(honest)).hasSize(2000);

        int side = 300;
        PickleBytes greedy = new PickleBytes().op(']').mark();
        for (int i = 0; i < 100; i++) {
            greedy.tensor("0", side * side, 0, new int[] {side, side}, new int[] {1, side});
        }
        Path file = zip(greedy.op('e').stop(), new byte[4 * side * side]);
        assertThatThrownBy(() -> PthReader.read(file)).hasMessageContaining("far more room than the file has");
    }

    @Test
    void aMissingOrShortStorageIsRefused() throws IOException {
        byte[] pickle = new PickleBytes()
                .tensor("0", 6, 0, new int[] {6}, new int[] {1})
                .stop();
        assertThatThrownBy(() -> PthReader.read(zip(pickle))).hasMessageContaining("'archive/data/0' is missing");
        assertThatThrownBy(() -> PthReader.read(zip(pickle, floats(1, 2, 3))))
                .hasMessageContaining("storage 0 has 12 bytes instead of 24");
    }

    @Test
    void aLengthBeyondTheFileIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] pickle = new PickleBytes().op('X').number(Integer.MAX_VALUE).stop();
        assertThatThrownBy(() -> PthReader.read(zip(pickle))).hasMessageContaining("cut short or damaged at byte");
    }

    @Test
    void aListThatContainsItselfIsRefused() throws IOException {
        byte[] pickle = new PickleBytes().op(']', 'q', 0, 'h', 0, 'a').stop();
        assertThatThrownBy(() -> PthReader.read(zip(pickle))).hasMessageContaining("nested deeper");
    }

    @Test
    void listsOfTheSameListsTakeNoMoreThanTheirBytes() throws IOException {
        PickleBytes pickle = new PickleBytes().op(']', 'q', 0);
        for (int level = 1; level < 50; level++) {
            pickle.op(']', '(', 'h', level - 1, 'h', level - 1, 'e', 'q', level);
        }
        Object read = PthReader.read(zip(pickle.stop()));
        List<?> list = (List<?>) read;
        assertThat(list.get(0)).isSameAs(list.get(1));
    }

    @Test
    void mapsOfTheSameMapsCannotMakeEndlessNames() throws IOException {
        PickleBytes pickle = new PickleBytes().op('}', 'q', 0);
        for (int level = 1; level < 50; level++) {
            pickle.op('}', '(').text("a").op('h', level - 1).text("b").op('h', level - 1, 'u', 'q', level);
        }
        Object read = PthReader.read(zip(pickle.stop()));
        assertThatThrownBy(() -> PthReader.tensors(read))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("names");
    }

    @Test
    void aTorchScriptProgramIsReadAsDataAndItsCodeIsNot() throws IOException {
        PickleBytes pickle = new PickleBytes()
                .global("__torch__.net", "Net")
                .op(')', 0x81, '}', '(')
                .text("conv");
        pickle.global("__torch__.net", "Conv").op(')', 0x81, '}', '(').text("weight");
        pickle.tensor("0", 6, 2, new int[] {2}, new int[] {1}).text("training").op(0x88, 'u', 'b', 'u', 'b');
        byte[] data = pickle.stop();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            StoredZip.add(zip, "net/data.pkl", data);
            StoredZip.add(zip, "net/data/0", floats(0, 1, 2, 3, 4, 5));
            StoredZip.add(zip, "net/constants.pkl", new byte[] {'!'});
            StoredZip.add(zip, "net/code/__torch__/net.py", "import os".getBytes(StandardCharsets.UTF_8));
        }
        Path script = Files.write(folder.resolve("net.pt"), bytes.toByteArray());
        assertThat(PthReader.tensors(PthReader.read(script)))
                .containsExactly(Map.entry("conv.weight", NdArray.of(new float[] {2, 3}, 2)));
        // The same classes in a checkpoint, which has no program, are foreign names.
        assertThatThrownBy(() -> PthReader.read(zip(data, floats(0, 1, 2, 3, 4, 5))))
                .hasMessageContaining("Python object '__torch__.net.Net'");
    }

    @Test
    void aCompressedEntryIsRefusedAsAZipBomb() throws IOException {
        Path file = folder.resolve("bomb.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[1 << 20]);
        }
        assertThatThrownBy(() -> PthReader.read(file)).hasMessageContaining("'archive/data.pkl' is compressed");
    }

    @Test
    void everyCutOfBothContainersIsRefusedInOneLine() throws IOException {
        Path legacy = Golden.folder().resolve("rosinality_stylegan2_64/converted-legacy-serialization.pt");
        byte[] pickle = new PickleBytes()
                .tensor("0", 6, 0, new int[] {6}, new int[] {1})
                .stop();
        for (Path whole : List.of(legacy, zip(pickle, floats(0, 1, 2, 3, 4, 5)))) {
            byte[] bytes = Files.readAllBytes(whole);
            Path cut = folder.resolve("cut.pth");
            int step = Math.max(1, bytes.length / 60);
            for (int length = 0; length < bytes.length; length += step) {
                Files.write(cut, Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> PthReader.read(cut))
                        .as("%s cut at %d", whole.getFileName(), length)
                        .isInstanceOf(Failure.class)
                        .hasMessageStartingWith(cut + ": ")
                        .message()
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void everyFlippedBitGivesAnAnswerOrAFailure() throws IOException {
        byte[] pickle = new PickleBytes()
                .tensor("0", 6, 0, new int[] {6}, new int[] {1})
                .stop();
        byte[] bytes = Files.readAllBytes(zip(pickle, floats(0, 1, 2, 3, 4, 5)));
        Path damaged = folder.resolve("damaged.pth");
        int refused = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit += 7) {
            byte[] copy = bytes.clone();
            copy[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(damaged, copy);
            try {
                PthReader.read(damaged);
            } catch (Failure e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void anotherKindOfFileIsNamedAsSuch() throws IOException {
        Path text = Files.writeString(folder.resolve("page.pth"), "<html>not found</html>");
        assertThatThrownBy(() -> PthReader.read(text)).hasMessageContaining("neither of PyTorch's two kinds");
        Path script = folder.resolve("script.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(script))) {
            zip.putNextEntry(new ZipEntry("g/constants.pkl"));
        }
        assertThatThrownBy(() -> PthReader.read(script)).hasMessageContaining("without data.pkl");
    }

    private static void assertEqualsSafetensors(@Nullable Object stateDict, Path safetensors) {
        Map<String, NdArray> expected = SafeTensors.read(safetensors).tensors();
        Map<String, NdArray> read = PthReader.stateDict(stateDict, safetensors.toString());
        assertThat(read.keySet()).as(safetensors.toString()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, array) -> assertThat(read.get(name)).as(name).isEqualTo(array));
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** A checkpoint file of a pickle and its storages 0, 1, ... */
    private Path zip(byte[] pickle, byte[]... storages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            StoredZip.add(zip, "archive/data.pkl", pickle);
            for (int i = 0; i < storages.length; i++) {
                StoredZip.add(zip, "archive/data/" + i, storages[i]);
            }
        }
        Path file = Files.createTempFile(folder, "model", ".pth");
        return Files.write(file, bytes.toByteArray());
    }
}
