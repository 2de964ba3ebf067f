package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.NdArray;
import duello.io.PthWriter;
import duello.io.SafeTensors;
import duello.studio.run.RunFolder;
import duello.train.Checkpoint;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints go out in PyTorch's form and come in again. */
class PortTest {
    private static final String SEED = "7";

    @TempDir
    private static Path shared;

    /** Holds the run {@code ours}, whose iteration 2 lies in {@code files} as well. */
    private static Shell shell;

    private static Path files;

    @TempDir
    private Path folder;

    /** Trains {@code ours} and writes its checkpoint as PyTorch-StudioGAN would. */
    @BeforeAll
    static void train() throws IOException {
        shell = new Shell(shared);
        files = Files.createDirectory(shared.resolve("theirs"));
        assertThat(shell.train("ours", "train.steps=2", "train.seed=" + SEED).code())
                .isZero();
        write(checkpoint("ours", 2), files);
    }

    private static void write(Path checkpoint, Path files) {
        List<String> lent = tensors(checkpoint, "discriminator").keySet().stream()
                .map(key -> "discriminator." + key)
                .toList();
        Map<String, Object> g = network(checkpoint, "generator", lent);
        Map<String, Object> d = network(checkpoint, "discriminator", List.of());
        d.putAll(Map.of("seed", 7, "step", 2, "epoch", 0, "topk", 8, "aa_p", "N/A", "best_fid", 12.5));
        PthWriter.write(files.resolve("model=G-current-weights-step=2.pth"), g);
        PthWriter.write(files.resolve("model=D-current-weights-step=2.pth"), d);
        PthWriter.write(
                files.resolve("model=G_ema-current-weights-step=2.pth"),
                Map.of("state_dict", tensors(checkpoint, "average")));
    }

    private static Map<String, NdArray> tensors(Path checkpoint, String name) {
        return SafeTensors.read(checkpoint.resolve(name + ".safetensors")).tensors();
    }

    /** {@code lent} are names of parameters that may stand behind the network's own in its optimiser. */
    private static Map<String, Object> network(Path checkpoint, String name, List<String> lent) {
        Map<String, NdArray> weights = tensors(checkpoint, name);
        Map<String, NdArray> moments = tensors(checkpoint, "optimizers");
        Map<Integer, Object> state = new LinkedHashMap<>();
        List<Integer> numbers = new ArrayList<>();
        List<String> keys = new ArrayList<>(weights.keySet());
        keys.addAll(lent);
        for (String key : keys) {
            Map<String, Object> own = new LinkedHashMap<>();
            for (String what : List.of("exp_avg", "exp_avg_sq")) {
                NdArray moment = moments.get(name + "." + key + "." + what);
                if (moment != null) {
                    own.put(what, moment);
                }
            }
            if (!own.isEmpty()) {
                own.put(
                        "step",
                        Objects.requireNonNull(moments.get(name + "." + key + ".step"))
                                .to(duello.io.DType.F32));
                state.put(numbers.size(), own);
                numbers.add(numbers.size());
            }
        }
        Map<String, Object> group = new LinkedHashMap<>(Map.of("lr", 2e-4, "betas", List.of(0.5, 0.999)));
        group.put("params", numbers);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("state_dict", weights);
        content.put("optimizer", Map.of("state", state, "param_groups", List.of(group)));
        return content;
    }

    private static Path checkpoint(String run, long step) {
        return new RunFolder(shell.folderOf(run)).checkpoints().at(step);
    }

    private static Shell.Outcome bring(String name, Path... from) {
        return bring(name, List.of(), from);
    }

    private static Shell.Outcome bring(String name, List<String> settings, Path... from) {
        List<String> words = new ArrayList<>(List.of("import"));
        Arrays.stream(from).map(Path::toString).forEach(words::add);
        words.addAll(Shell.TINY);
        words.addAll(settings);
        words.addAll(List.of("--recipe", "shapes/dcgan", "--name", name));
        words.addAll(List.of("--runs", shell.runs().toString()));
        return shell.run(words.toArray(String[]::new));
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
    void an_imported_run_goes_on_bit_for_bit_as_the_original() throws IOException {
        Path original = checkpoint("ours", 2);
        Shell.Outcome imported = bring("theirs", files);
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("iteration 2", "best_fid 12.5", "duello resume");
        for (String name : List.of("generator", "average", "discriminator", "optimizers")) {
            assertThat(tensors(checkpoint("theirs", 2), name)).as(name).isEqualTo(tensors(original, name));
        }
        for (String run : List.of("ours", "theirs")) {
            Shell.Outcome resumed = shell.run("resume", shell.folderOf(run).toString(), "train.steps=4", "--no-scores");
            assertThat(resumed.code()).as(resumed.err()).isZero();
        }
        for (String name : List.of("generator", "discriminator", "optimizers")) {
            assertThat(tensors(checkpoint("theirs", 4), name)).as(name).isEqualTo(tensors(checkpoint("ours", 4), name));
        }
        assertThat(Checkpoint.open(checkpoint("theirs", 4)).dataset())
                .as("now the images are known")
                .isEqualTo(Checkpoint.open(checkpoint("ours", 4)).dataset());
    }

    @Test
    void moments_of_heads_that_the_generator_moves_find_them() throws IOException {
        List<String> infoGan = List.of("model.codes={discrete: 2, categories: 3}", "methods=[{type: infogan}]");
        List<String> two = new ArrayList<>(List.of("train.steps=2", "train.seed=" + SEED));
        two.addAll(infoGan);
        Shell.Outcome trained = shell.train("coded", two.toArray(String[]::new));
        assertThat(trained.code()).as(trained.err()).isZero();
        Path original = checkpoint("coded", 2);
        write(original, folder);
        Shell.Outcome imported = bring("decoded", infoGan, folder);
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).doesNotContain("afresh");
        assertThat(tensors(checkpoint("decoded", 2), "optimizers"))
                .containsKey("generator.discriminator.info_discrete_linear.weight.exp_avg")
                .isEqualTo(tensors(original, "optimizers"));
    }

    @Test
    void an_imported_run_draws_what_the_original_draws() throws IOException {
        assertThat(bring("drawn", files).code()).isZero();
        for (String run : List.of("ours", "drawn")) {
            Shell.Outcome drawn = shell.run(
                    "generate",
                    shell.folderOf(run).toString(),
                    "--checkpoint",
                    "2",
                    "--count",
                    "2",
                    "--grid",
                    "--device",
                    "cpu",
                    "--out",
                    folder.resolve(run + "-drawn").toString());
            assertThat(drawn.code()).as(drawn.err()).isZero();
        }
        assertThat(folder.resolve("drawn-drawn/grid-seed0.png"))
                .hasSameBinaryContentAs(folder.resolve("ours-drawn/grid-seed0.png"));
    }

    @Test
    void a_generator_alone_draws_but_does_not_train() throws IOException {
        Shell.Outcome imported = bring("alone", files.resolve("model=G-current-weights-step=2.pth"));
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("cannot train on").contains("starts as a copy of the generator");
        String run = shell.folderOf("alone").toString();
        assertThat(shell.run(
                                "generate",
                                run,
                                "--count",
                                "1",
                                "--out",
                                folder.resolve("g").toString())
                        .code())
                .isZero();
        refused(shell.run("resume", run, "train.steps=9", "--no-scores"), "holds the generator alone");
        refused(shell.run("export", run, "--network", "discriminator"), "holds no discriminator");
    }

    @Test
    void images_of_a_folder_that_is_not_there_are_not_needed() throws IOException {
        List<String> elsewhere = List.of("data={type: image_folder, path: /nowhere, resolution: 32}");
        List<String> words = new ArrayList<>(List.of("import", files.toString()));
        words.addAll(elsewhere);
        words.addAll(List.of("model.generator.width=8", "model.discriminator.width=8", "train.device=cpu"));
        words.addAll(List.of("--recipe", "shapes/dcgan", "--name", "away"));
        words.addAll(List.of("--runs", shell.runs().toString()));
        Shell.Outcome outcome = shell.run(words.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Checkpoint.open(checkpoint("away", 2)).classes()).containsExactly("0");
        assertThat(shell.run(
                                "generate",
                                shell.folderOf("away").toString(),
                                "--count",
                                "1",
                                "--out",
                                folder.resolve("g").toString())
                        .code())
                .isZero();
    }

    @Test
    void both_forms_are_written() throws IOException {
        Path original = checkpoint("ours", 2);
        Path weights = folder.resolve("out/g.safetensors");
        Path program = folder.resolve("out/g.pt");
        String run = shell.folderOf("ours").toString();
        assertThat(shell.run("export", run, "--checkpoint", "2", "--out", weights.toString())
                        .code())
                .isZero();
        assertThat(SafeTensors.read(weights).tensors()).isEqualTo(tensors(original, "average"));
        Shell.Outcome script =
                shell.run("export", run, "--checkpoint", "2", "--format", "torchscript", "--out", program.toString());
        assertThat(script.code()).as(script.err()).isZero();
        assertThat(script.out()).contains(program.toString());
        assertThat(program).isNotEmptyFile();
        try (var left = Files.list(folder.resolve("out"))) {
            assertThat(left).as("no partial file is left").hasSize(2);
        }
    }

    @Test
    void a_network_of_other_settings_is_refused_key_by_key_and_leaves_no_run() throws IOException {
        refused(
                bring(
                        "x",
                        List.of("model.generator.width=16", "train.average=null"),
                        files.resolve("model=G-current-weights-step=2.pth")),
                "model=G-current-weights-step=2.pth does not fit the recipe's generator",
                "model.generator.width",
                "blocks.0.0.deconv0.weight [");
        assertThat(shell.folderOf("x")).doesNotExist();
    }

    @Test
    void the_wrong_network_first_is_said() throws IOException {
        Path d = Files.copy(files.resolve("model=D-current-weights-step=2.pth"), folder.resolve("D.pth"));
        refused(bring("x", d), "it is a discriminator's file");
    }

    @Test
    void a_pickle_that_calls_a_program_is_refused_and_calls_nothing() throws IOException {
        Path touched = folder.resolve("touched");
        String attack = "cposix\nsystem\n(X" + length("touch " + touched) + "touch " + touched + "tR.";
        Path file = folder.resolve("evil.pth");
        PthFile.archive(file, attack.getBytes(StandardCharsets.ISO_8859_1), List.of(), ZipEntry.STORED);
        refused(bring("x", file), "evil.pth", "posix.system");
        assertThat(touched).doesNotExist();
        assertThat(shell.folderOf("x")).doesNotExist();
    }

    private static String length(String text) {
        return (char) text.length() + "\0\0\0";
    }

    @Test
    void a_file_cut_short_is_refused() throws IOException {
        byte[] whole = Files.readAllBytes(files.resolve("model=G-current-weights-step=2.pth"));
        Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, whole.length / 2));
        refused(bring("x", cut), "cut.pth");
    }

    @Test
    void a_packed_archive_is_refused_before_it_is_unpacked() throws IOException {
        Path bomb = folder.resolve("bomb.pth");
        PthFile.archive(bomb, new byte[50 << 20], List.of(), ZipEntry.DEFLATED);
        assertThat(Files.size(bomb)).isLessThan(1 << 20);
        refused(bring("x", bomb), "bomb.pth");
    }

    @Test
    void a_tensor_larger_than_its_file_is_refused() throws IOException {
        String pickle =
                "\u0080\u0002}X\n\0\0\0state_dict}X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storage"
                        + "ctorch\nFloatStorage\nX\u0001\0\0\0"
                        + "0X\u0003\0\0\0cpuJ\0\0\0\u0040tQJ\0\0\0\0(J\0\0\0\u0040t(J\u0001\0\0\0t\u0089}tRss.";
        Path file = folder.resolve("huge.pth");
        PthFile.archive(file, pickle.getBytes(StandardCharsets.ISO_8859_1), List.of(new byte[16]), ZipEntry.STORED);
        refused(bring("x", file), "huge.pth", "storage 0");
    }

    @Test
    void what_is_no_checkpoint_is_refused() throws IOException {
        refused(bring("x", folder), "holds no file model=G-current-weights-step=", "one by one");
        refused(bring("x", folder.resolve("none.pth")), "there is no file or folder");
        Path text = Files.writeString(folder.resolve("notes.pth"), "not a checkpoint at all");
        refused(bring("x", text), "notes.pth", "neither of PyTorch's two kinds");
        Path other = folder.resolve("other.pth");
        PthWriter.write(other, Map.of("weights", 1));
        refused(bring("x", other), "other.pth", "no 'state_dict'");
        refused(shell.run("export", folder.toString()), "is no run");
    }
}
