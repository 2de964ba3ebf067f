package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.PthWriter;
import duello.io.SafeTensors;
import duello.studio.run.RunFolder;
import duello.train.Checkpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** StyleGAN2 checkpoints in rosinality's layout come in by their file alone and go out as they were published. */
class RosinalityPortTest {
    private static final Path PUBLISHED =
            Path.of("../core/src/test/resources/golden/rosinality_stylegan2_64", "converted-legacy-serialization.pt");
    private static final List<String> NETWORKS = List.of("generator", "average", "discriminator");

    @TempDir
    private static Path shared;

    /** Holds the run {@code faces}, made of the published file as of iteration 550. */
    private static Shell shell;

    private static Path pictures;

    @TempDir
    private Path folder;

    @BeforeAll
    static void bring() throws IOException {
        shell = new Shell(shared);
        pictures = Files.createDirectory(shared.resolve("pictures"));
        for (int i = 0; i < 4; i++) {
            BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            image.setRGB(9 * i, 20, 0x33AA00 + i);
            ImageIO.write(image, "png", pictures.resolve(i + ".png").toFile());
        }
        Path file = Files.copy(PUBLISHED, shared.resolve("000550.pt"));
        Shell.Outcome imported = bring(file, "faces", "data.path=" + pictures);
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("iteration 550", "duello resume").contains("'g_optim'", "starts afresh");
    }

    private static Shell.Outcome bring(Path file, String name, String... settings) {
        List<String> words = new ArrayList<>(List.of("import", file.toString()));
        words.addAll(List.of(settings));
        words.addAll(List.of("train.device=cpu", "train.batch=2", "data.validation=0", "run.columns=2"));
        words.addAll(List.of("--name", name, "--runs", shell.runs().toString()));
        return shell.run(words.toArray(String[]::new));
    }

    private static Path checkpoint(String run, long step) {
        return new RunFolder(shell.folderOf(run)).checkpoints().at(step);
    }

    private static Map<String, NdArray> tensors(Path checkpoint, String network) {
        return SafeTensors.read(checkpoint.resolve(network + ".safetensors")).tensors();
    }

    private static Map<String, Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        PthReader.readMap(PUBLISHED).forEach((key, value) -> content.put(String.valueOf(key), value));
        return content;
    }

    private Path file(String name, Map<String, Object> content) {
        Path file = folder.resolve(name);
        PthWriter.write(file, content);
        return file;
    }

    private Path drawn(String run, String... options) {
        Path out = folder.resolve(run + "-" + options.length);
        List<String> words =
                new ArrayList<>(List.of("generate", shell.folderOf(run).toString(), "--count", "2"));
        words.addAll(List.of("--grid", "--device", "cpu", "--out", out.toString()));
        words.addAll(List.of(options));
        Shell.Outcome outcome = shell.run(words.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return out.resolve("grid-seed0.png");
    }

    private Path exported(String run) {
        Path out = folder.resolve(run + ".pt");
        Shell.Outcome outcome =
                shell.run("export", shell.folderOf(run).toString(), "--format", "rosinality", "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return out;
    }

    private static void refused(Shell.Outcome outcome, String... said) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.errors()).hasSize(1);
        assertThat(outcome.errors().get(0))
                .startsWith("duello: ")
                .contains(said)
                .doesNotContain("Exception");
    }

    @Test
    void its_recipe_is_complete_with_the_sizes_of_the_shapes() throws IOException {
        String recipe = Files.readString(shell.folderOf("faces").resolve("recipe.yaml"));
        assertThat(recipe)
                .contains("resolution: 64", "latent: 24", "channel_base: 512", "channel_max: 16")
                .contains("type: vanilla", "type: plain", "weight: 10", "type: path_length", "type: style_mixing")
                .contains("thousands: 10");
        assertThat(Files.readString(checkpoint("faces", 550).resolve("imported.json")))
                .contains("rosinality", "000550.pt");
    }

    @Test
    void imported_and_exported_it_is_the_published_file_and_comes_in_again_bit_for_bit() {
        Path out = exported("faces");
        Map<?, ?> published = PthReader.readMap(PUBLISHED);
        Map<?, ?> written = PthReader.readMap(out);
        assertThat(written).isEqualTo(published);
        for (String name : List.of("g", "d", "g_ema")) {
            assertThat(keys(Objects.requireNonNull(written.get(name))))
                    .as(name)
                    .isEqualTo(keys(Objects.requireNonNull(published.get(name))));
        }
        assertThat(bring(out, "again").code()).isZero();
        for (String network : NETWORKS) {
            assertThat(tensors(checkpoint("again", 0), network))
                    .as(network)
                    .isEqualTo(tensors(checkpoint("faces", 550), network));
        }
        assertThat(drawn("again")).hasSameBinaryContentAs(drawn("faces"));
    }

    private static List<Object> keys(Object state) {
        return new ArrayList<>(((Map<?, ?>) Objects.requireNonNull(state)).keySet());
    }

    @Test
    void it_trains_on_and_is_exported_with_the_same_keys() {
        Shell.Outcome copied = bring(shared.resolve("000550.pt"), "more", "data.path=" + pictures);
        assertThat(copied.code()).as(copied.err()).isZero();
        Shell.Outcome resumed =
                shell.run("resume", shell.folderOf("more").toString(), "train.steps=551", "--no-scores");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        Map<?, ?> written = PthReader.readMap(exported("more"));
        Map<?, ?> published = PthReader.readMap(PUBLISHED);
        for (String name : List.of("g", "d", "g_ema")) {
            assertThat(keys(Objects.requireNonNull(written.get(name))))
                    .as(name)
                    .isEqualTo(keys(Objects.requireNonNull(published.get(name))));
            assertThat(Objects.requireNonNull(written.get(name)))
                    .as(name)
                    .isNotEqualTo(Objects.requireNonNull(published.get(name)));
        }
    }

    @Test
    void it_is_adapted_and_the_heads_of_the_method_stay_at_home() {
        Shell.Outcome adapted = adapt("faces", "ten", "dcl");
        assertThat(adapted.code()).as(adapted.err()).isZero();
        assertThat(keys(Objects.requireNonNull(
                        PthReader.readMap(exported("ten")).get("d"))))
                .isEqualTo(keys(Objects.requireNonNull(content().get("d"))));
    }

    private static Shell.Outcome adapt(String run, String name, String method, String... settings) {
        List<String> words =
                new ArrayList<>(List.of("adapt", shell.folderOf(run).toString()));
        words.addAll(List.of("--images", pictures.toString(), "--method", method, "--no-scores", "--device", "cpu"));
        words.addAll(List.of("--name", name, "--runs", shell.runs().toString()));
        words.addAll(List.of("train.steps=1", "train.batch=2", "run.columns=2"));
        words.addAll(List.of(settings));
        return shell.run(words.toArray(String[]::new));
    }

    @Test
    void an_average_alone_draws_with_psi_and_is_adapted_with_a_fresh_discriminator() throws IOException {
        Map<String, Object> content = content();
        content.keySet().retainAll(List.of("g_ema"));
        Shell.Outcome imported = bring(file("source.pt", content), "alone", "data.path=" + pictures);
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out())
                .contains("there is no 'g'", "there is no 'latent_avg'")
                .contains("cannot train on", "source.discriminator=fresh");
        Path own = checkpoint("alone", 0);
        assertThat(tensors(own, "generator")).isEqualTo(tensors(own, "average"));
        assertThat(Objects.requireNonNull(tensors(own, "average").get("mapping.w_avg"))
                        .toDoubles())
                .doesNotContain(0);
        byte[] plain = Files.readAllBytes(drawn("alone"));
        assertThat(Files.readAllBytes(drawn("alone", "--psi", "0.5"))).isNotEqualTo(plain);
        refused(
                shell.run("resume", shell.folderOf("alone").toString(), "train.steps=9"),
                "holds the generator alone",
                "source.discriminator=fresh");
        refused(adapt("alone", "no", "tgan"), "holds no discriminator", "source.discriminator=fresh");
        Shell.Outcome adapted = adapt("alone", "fresh", "tgan", "source.discriminator=fresh");
        assertThat(adapted.code()).as(adapted.err()).isZero();
        assertThat(PthReader.readMap(exported("alone")).keySet().toArray()).containsExactly("g", "g_ema", "latent_avg");
    }

    @Test
    void a_generator_without_its_average_is_its_average() {
        Map<String, Object> content = content();
        content.remove("g_ema");
        Shell.Outcome imported = bring(file("raw.pt", content), "raw");
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("there is no 'g_ema'");
        assertThat(tensors(checkpoint("raw", 0), "average")).isEqualTo(tensors(checkpoint("raw", 0), "generator"));
        assertThat(Checkpoint.open(checkpoint("raw", 0)).trainable()).isTrue();
    }

    // ---- bad input

    @Test
    void what_is_no_such_checkpoint_is_refused() throws IOException {
        Path zip = folder.resolve("random.pt");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("notes.txt"));
            out.write("nothing of use".getBytes(StandardCharsets.UTF_8));
        }
        refused(bring(zip, "x"), "random.pt");
        byte[] whole = Files.readAllBytes(PUBLISHED);
        for (int part : List.of(2, 3, 100)) {
            refused(
                    bring(Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length / part)), "x"),
                    "cut");
        }
        refused(bring(folder, "x"), "--recipe");
        refused(
                shell.run("import", PUBLISHED.toString(), "--recipe", "shapes/dcgan", "--runs", folder.toString()),
                "no 'state_dict'",
                "without --recipe");
        refused(bring(folder.resolve("none.pt"), "x"), "there is no file or folder");
        refused(bring(file("studio.pt", Map.of("state_dict", Map.of())), "x"), "neither 'g' nor 'g_ema'", "--recipe");
        assertThat(shell.folderOf("x")).doesNotExist();
    }

    private Path changed(String network, String key, NdArray value) {
        Map<String, Object> content = content();
        Map<String, NdArray> state = new LinkedHashMap<>(PthReader.stateDict(content.get(network), network));
        state.put(key, value);
        content.put(network, state);
        return file("changed.pt", content);
    }

    @Test
    void networks_without_a_counterpart_are_refused_by_what_tells_it() {
        NdArray embedding = NdArray.of(new float[24 * 5], 5, 24);
        refused(
                bring(changed("g_ema", "embed.weight", embedding), "x"),
                "'embed.weight' has no counterpart",
                "no classes");
        NdArray wider = NdArray.of(new float[20 * 16 * 9], 1, 20, 16, 3, 3);
        refused(
                bring(changed("g", "convs.3.conv.weight", wider), "x"),
                "the channels of its generator by resolution",
                "16=20",
                "channel_base");
        NdArray deeper = NdArray.of(new float[16 * 3 * 9], 1, 16, 3, 3, 3);
        refused(
                bring(changed("g_ema", "convs.3.conv.weight", deeper), "x"),
                "its average does not fit",
                "synthesis.b16.conv1.weight [16, 3, 3, 3] instead of [16, 16, 3, 3]");
        refused(
                bring(changed("d", "final_linear.0.weight", NdArray.of(new float[6], 6)), "x"),
                "its discriminator does not fit",
                "b4.fc.weight [6]");
        assertThat(shell.folderOf("x")).doesNotExist();
    }

    @Test
    void settings_that_do_not_go_with_the_shapes_are_refused() {
        refused(
                bring(PUBLISHED, "x", "model.latent=7"),
                "does not fit",
                "mapping.fc0.weight [24, 24] instead of [24, 7]");
    }

    @Test
    void one_network_is_not_asked_of_a_file_of_all() {
        refused(
                shell.run(
                        "export",
                        shell.folderOf("faces").toString(),
                        "--format",
                        "rosinality",
                        "--network",
                        "generator"),
                "leave out --network");
    }
}
