package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.io.Golden;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.PthWriter;
import duello.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** StyleGAN2 in rosinality's layout and in ours: the same numbers under two names. */
class RosinalityTest {
    private static final String FOLDER = "rosinality_stylegan2_64/";
    private static final Path CONVERTED = Golden.resource(FOLDER + "converted-legacy-serialization.pt");

    @TempDir
    Path folder;

    /** The old container, and (in the fuller folder of fixtures) a training file in the new one. */
    @Test
    void publishedFilesComeBackBitForBitInTheirOrder() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Golden.folder().resolve(FOLDER))) {
            files = all.filter(f -> f.toString().endsWith(".pt")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Path back = folder.resolve(file.getFileName());
            RosinalityCheckpoint.read(file).write(back);
            assertSameNetworks(file, back);
        }
    }

    private static void assertSameNetworks(Path expected, Path actual) {
        Map<?, ?> before = PthReader.readMap(expected);
        Map<?, ?> after = PthReader.readMap(actual);
        assertThat(after.keySet().toArray()).contains("g", "d", "g_ema");
        for (Object name : after.keySet()) {
            Object expectedPart = Objects.requireNonNull(before.get(name));
            assertThat(after.get(name)).as("%s of %s", name, expected).isEqualTo(expectedPart);
            if (after.get(name) instanceof Map<?, ?> state) {
                Object[] order = ((Map<?, ?>) expectedPart).keySet().toArray();
                assertThat(state.keySet().toArray()).isEqualTo(order);
            }
        }
        assertThat(after.containsKey("latent_avg")).isEqualTo(before.containsKey("latent_avg"));
    }

    @Test
    void bothContainersAreRead() {
        Map<String, Object> content = new LinkedHashMap<>();
        for (String name : List.of("g", "d", "g_ema")) {
            content.put(name, state(name));
        }
        content.put("latent_avg", mean());
        content.put("args", Map.of("size", 64));
        Path zip = folder.resolve("000550.pt");
        PthWriter.write(zip, content);
        RosinalityCheckpoint ofZip = RosinalityCheckpoint.read(zip);
        assertThat(ofZip).isEqualTo(RosinalityCheckpoint.read(CONVERTED));
        assertThat(RosinalityCheckpoint.step(zip)).hasValue(550);
        assertThat(RosinalityCheckpoint.step(CONVERTED)).isEmpty();
    }

    private static Map<String, NdArray> state(String name) {
        return new LinkedHashMap<>(SafeTensors.read(Golden.resource(FOLDER + name + ".safetensors"))
                .tensors());
    }

    private static NdArray mean() {
        return (NdArray) Objects.requireNonNull(PthReader.readMap(CONVERTED).get("latent_avg"));
    }

    @Test
    void ourSideHasTheKeysAndTheOrderOfStudioGan() throws IOException {
        assertThat(RosinalityKeys.generator(32, 8).ours()).containsExactlyElementsOf(published("G"));
        assertThat(RosinalityKeys.discriminator(32).ours()).containsExactlyElementsOf(published("D"));
    }

    /** Keys of the unconditional network of 32 pixels with a residual discriminator. */
    private static List<String> published(String network) throws IOException {
        String prefix = "stylegan2," + network + ",32,W/O; mapping_network 8; D resnet; head W/O,";
        List<String> keys = Files.readAllLines(Golden.resource("state-dict-keys.csv")).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).replaceFirst(",.*", ""))
                .toList();
        assertThat(keys).isNotEmpty();
        return keys;
    }

    @Test
    void axesOfLengthOneAreTakenOffAndPutBack() {
        Map<String, NdArray> g =
                Objects.requireNonNull(RosinalityCheckpoint.read(CONVERTED).average());
        Map<String, NdArray> theirs = state("g_ema");
        assertTensor(g, "synthesis.b4.const", theirs, "input.input", 16, 4, 4);
        assertTensor(g, "synthesis.b64.conv0.weight", theirs, "convs.6.conv.weight", 8, 16, 3, 3);
        assertTensor(g, "synthesis.b16.conv1.noise_strength", theirs, "convs.3.noise.weight");
        assertTensor(g, "synthesis.b32.conv0.noise_const", theirs, "noises.noise_5", 32, 32);
        assertTensor(g, "synthesis.b8.torgb.bias", theirs, "to_rgbs.0.bias", 3);
        assertTensor(g, "synthesis.b4.torgb.weight", theirs, "to_rgb1.conv.weight", 3, 16, 1, 1);
        assertTensor(g, "synthesis.b64.torgb.affine.bias", theirs, "to_rgbs.3.conv.modulation.bias", 8);
        assertTensor(g, "mapping.fc7.weight", theirs, "style.8.weight", 24, 24);
        assertThat(g.get("mapping.w_avg")).isEqualTo(mean());
        assertThat(Objects.requireNonNull(g.get("synthesis.b8.conv0.resample_filter"))
                        .toDoubles())
                .startsWith(1 / 64.0, 3 / 64.0, 3 / 64.0, 1 / 64.0, 3 / 64.0, 9 / 64.0);

        Map<String, NdArray> d =
                Objects.requireNonNull(RosinalityCheckpoint.read(CONVERTED).discriminator());
        Map<String, NdArray> theirD = state("d");
        assertTensor(d, "b64.fromrgb.weight", theirD, "convs.0.0.weight", 8, 3, 1, 1);
        assertTensor(d, "b8.conv1.weight", theirD, "convs.4.conv2.1.weight", 16, 16, 3, 3);
        assertTensor(d, "b32.skip.weight", theirD, "convs.2.skip.1.weight", 16, 16, 1, 1);
        assertTensor(d, "linear1.bias", theirD, "final_linear.1.bias", 1);
    }

    private static void assertTensor(
            Map<String, NdArray> ours, String key, Map<String, NdArray> theirs, String theirKey, long... shape) {
        NdArray expected = Objects.requireNonNull(theirs.get(theirKey), theirKey);
        assertThat(ours.get(key)).as(key).isEqualTo(expected.reshape(shape));
    }

    private static Map<String, NdArray> ours(Map<String, NdArray> theirs) {
        return RosinalityKeys.generator(64, 8).toOurs(theirs, "x.pt 'g'");
    }

    @Test
    void kernelsAndNoisesMayBeMissingInAGenerator() {
        Map<String, NdArray> bare = state("g");
        bare.keySet().removeIf(key -> key.startsWith("noises.") || key.endsWith(".kernel"));
        Map<String, NdArray> full = ours(state("g"));
        Map<String, NdArray> made = ours(bare);
        assertThat(made.keySet()).isEqualTo(full.keySet());
        full.forEach((key, array) -> {
            NdArray own = Objects.requireNonNull(made.get(key));
            if (key.endsWith("noise_const")) {
                assertThat(own.shape()).isEqualTo(array.shape());
            } else {
                assertThat(own).as(key).isEqualTo(array);
            }
        });
        double[] noise = Objects.requireNonNull(made.get("synthesis.b64.conv1.noise_const"))
                .toDoubles();
        assertThat(Arrays.stream(noise).map(v -> v * v).average().orElseThrow()).isBetween(0.9, 1.1);
        assertThat(noise)
                .isNotEqualTo(Objects.requireNonNull(made.get("synthesis.b64.conv0.noise_const"))
                        .toDoubles())
                .isEqualTo(Objects.requireNonNull(ours(bare).get("synthesis.b64.conv1.noise_const"))
                        .toDoubles());
        assertThat(made.get("mapping.w_avg")).as("nobody took it").isEqualTo(NdArray.of(new float[24], 24));
    }

    private static void refused(Map<String, NdArray> theirs, String... said) {
        assertThatThrownBy(() -> ours(theirs)).isInstanceOf(Failure.class).hasMessageContainingAll(said);
    }

    @Test
    void whatIsMissingSurplusOrOfAnotherShapeIsNamed() {
        Map<String, NdArray> missing = state("g");
        missing.remove("convs.2.activate.bias");
        refused(missing, "x.pt 'g': 'convs.2.activate.bias' is missing");

        Map<String, NdArray> surplus = state("g");
        surplus.put("embed.weight", NdArray.of(new float[] {1}, 1));
        refused(surplus, "x.pt 'g': 'embed.weight' has no counterpart", "no classes");

        Map<String, NdArray> misshapen = state("g");
        misshapen.computeIfPresent("conv1.conv.weight", (key, a) -> a.reshape(16, 1, 16, 3, 3));
        refused(misshapen, "'conv1.conv.weight' has the shape [16, 1, 16, 3, 3]");
        misshapen.putAll(state("g"));
        misshapen.computeIfPresent("noises.noise_0", (key, a) -> a.reshape(16));
        refused(misshapen, "'noises.noise_0' has the shape [16]");

        Map<String, NdArray> blurred = state("g");
        blurred.computeIfPresent("to_rgbs.1.upsample.kernel", (key, a) -> {
            float[] values = a.toFloats();
            values[0] = 0;
            return NdArray.of(values, a.shape());
        });
        refused(blurred, "'to_rgbs.1.upsample.kernel' is not the resampling kernel 1-3-3-1");
    }

    @Test
    void networksWithoutACounterpartAreRefusedByTheKeyThatTellsIt() {
        NdArray one = NdArray.of(new float[] {1}, 1);
        RosinalityCheckpoint converted = RosinalityCheckpoint.read(CONVERTED);
        Map<String, NdArray> conditional = new LinkedHashMap<>(Objects.requireNonNull(converted.average()));
        conditional.put("mapping.embed.weight", one);
        assertThatThrownBy(() -> new RosinalityCheckpoint(null, null, conditional).write(folder.resolve("x.pt")))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("the generator", "'mapping.embed.weight' has no counterpart", "no classes");

        Map<String, NdArray> d = Objects.requireNonNull(converted.discriminator());
        Map<String, NdArray> plain = new LinkedHashMap<>(d);
        plain.keySet().removeIf(key -> key.contains(".skip."));
        refusedDiscriminator(converted, plain, "'b64.skip.weight' is missing", "architecture: resnet");
        Map<String, NdArray> classes = new LinkedHashMap<>(d);
        classes.put("linear2.weight", one);
        refusedDiscriminator(converted, classes, "'linear2.weight' has no counterpart", "without classes");
        assertThat(folder.resolve("x.pt")).doesNotExist();
    }

    private void refusedDiscriminator(RosinalityCheckpoint of, Map<String, NdArray> d, String... said) {
        assertThatThrownBy(() -> new RosinalityCheckpoint(of.generator(), d, null).write(folder.resolve("x.pt")))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(said);
    }

    @Test
    void filesOfOtherProgramsAreRefused() {
        Path other = folder.resolve("other.pt");
        PthWriter.write(other, Map.of("state_dict", Map.of()));
        assertThatThrownBy(() -> RosinalityCheckpoint.read(other))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("neither 'g' nor 'g_ema'", "of another program");
        PthWriter.write(other, Map.of("g_ema", Map.of("w", NdArray.of(new float[] {1}, 1))));
        assertThatThrownBy(() -> RosinalityCheckpoint.read(other))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("other.pt 'g_ema'", "not a StyleGAN2", "of another program");
    }

    @Test
    void onlyTheAverageIsEnough() {
        RosinalityCheckpoint all = RosinalityCheckpoint.read(CONVERTED);
        Path file = folder.resolve("001000.pt");
        new RosinalityCheckpoint(null, null, all.average()).write(file);
        assertThat(PthReader.readMap(file).keySet().toArray()).containsExactly("g_ema", "latent_avg");
        RosinalityCheckpoint read = RosinalityCheckpoint.read(file);
        assertThat(read.average()).isEqualTo(all.average());
        assertThat(read.generator()).isNull();
        assertThat(read.discriminator()).isNull();
    }
}
