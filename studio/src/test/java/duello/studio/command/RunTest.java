package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.AtomicFiles;
import duello.io.ImageOptions;
import duello.io.Images;
import duello.studio.console.Console;
import duello.studio.console.Interruption;
import duello.studio.console.Surroundings;
import duello.studio.run.Plan;
import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.train.Checkpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private Map<String, String> digests(String run, long step) {
        return Checkpoint.open(new RunFolder(shell.folderOf(run)).checkpoints().at(step))
                .files();
    }

    @Test
    void a_run_leaves_everything_in_its_folder() throws IOException {
        Shell.Outcome outcome = shell.train("a", "train.steps=3", "run.checkpoint_every=1", "run.keep=1");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path run = shell.folderOf("a");
        assertThat(run.resolve("samples/step-0000000.png")).isNotEmptyFile();
        assertThat(run.resolve("samples/step-0000003.png")).isNotEmptyFile();
        assertThat(Images.decode(run.resolve("samples/step-0000003.png"), ImageOptions.DEFAULT)
                        .height())
                .as("the generator knows no classes, so there are two rows of latents and not ten of classes")
                .isEqualTo(2 + 2 * (32 + 2));
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
                .hasSize(3)
                .allMatch(l -> l.contains("adversarial"));
        assertThat(new RunFolder(run).checkpoints().list()).containsExactly("step-0000002", "step-0000003");
        assertThat(Files.readString(run.resolve("checkpoints/latest"))).isEqualTo("step-0000003\n");
        RunInfo info = new RunFolder(run).info();
        assertThat(info.state()).isEqualTo(RunInfo.State.DONE);
        assertThat(info.step()).isEqualTo(3);
        assertThat(info.context().data().fingerprint()).isNotBlank();
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(outcome.out()).contains("report.html").contains("duello generate " + run);
    }

    @Test
    void a_resumed_run_equals_one_that_never_stopped() {
        assertThat(shell.train("whole", "train.steps=4").code()).isZero();
        assertThat(shell.train("parts", "train.steps=2").code()).isZero();
        Shell.Outcome resumed = shell.run("resume", shell.folderOf("parts").toString(), "train.steps=4", "--no-scores");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        for (String file : List.of("generator", "average", "discriminator", "optimizers")) {
            String name = file + ".safetensors";
            assertThat(digests("parts", 4).get(name))
                    .as(name)
                    .isNotNull()
                    .isEqualTo(digests("whole", 4).get(name));
        }
        assertThat(digests("parts", 2).get("generator.safetensors"))
                .isNotEqualTo(digests("parts", 4).get("generator.safetensors"));
    }

    @Test
    void a_saved_recipe_repeats_the_run() {
        assertThat(shell.train("first", "train.steps=2", "train.seed=5").code()).isZero();
        Path recipe = shell.folderOf("first").resolve("recipe.yaml");
        Shell.Outcome again = shell.run(
                "train",
                recipe.toString(),
                "--name",
                "second",
                "--no-scores",
                "--runs",
                shell.runs().toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(digests("second", 2).get("generator.safetensors"))
                .isEqualTo(digests("first", 2).get("generator.safetensors"));
    }

    @Test
    void an_interrupted_run_writes_a_checkpoint_and_says_how_to_go_on() {
        Interruption interruption = new Interruption();
        interruption.wish();
        Shell.Outcome outcome = shell.run(interruption, shell.training("a", "train.steps=5"));
        assertThat(outcome.code()).isEqualTo(130);
        assertThat(outcome.out()).contains("duello resume " + shell.folderOf("a"));
        assertThat(new RunFolder(shell.folderOf("a")).info().state()).isEqualTo(RunInfo.State.INTERRUPTED);
        assertThat(shell.run("resume", shell.folderOf("a").toString(), "--no-scores")
                        .code())
                .isZero();
        assertThat(new RunFolder(shell.folderOf("a")).info().state()).isEqualTo(RunInfo.State.DONE);
    }

    @Test
    void a_run_that_diverges_stops_and_names_the_term() {
        Shell.Outcome outcome = shell.train("a", "train.steps=40", "train.discriminator.rate=1e38");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.errors())
                .singleElement()
                .asString()
                .contains(".adversarial")
                .contains("not a finite number");
        RunInfo info = new RunFolder(shell.folderOf("a")).info();
        assertThat(info.state()).isEqualTo(RunInfo.State.FAILED);
        assertThat(info.reason()).contains(".adversarial");
    }

    @Test
    void a_run_is_never_written_over() {
        assertThat(shell.train("a", "train.steps=1").code()).isZero();
        Shell.Outcome outcome = shell.train("a", "train.steps=1");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors())
                .singleElement()
                .asString()
                .contains("there already")
                .contains("duello resume");
    }

    @Test
    void a_checkpoint_alone_is_enough_to_generate() throws IOException {
        assertThat(shell.train("a", "train.steps=1").code()).isZero();
        Path alone = Files.move(shell.folderOf("a").resolve("checkpoints/step-0000001"), folder.resolve("alone"));
        AtomicFiles.delete(shell.runs());
        Path out = folder.resolve("out");
        Shell.Outcome outcome =
                shell.run("generate", alone.toString(), "--class", "fish", "--count", "3", "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        try (var files = Files.list(out)) {
            assertThat(files.map(f -> f.getFileName().toString()).sorted())
                    .containsExactly("seed0-000000-fish.png", "seed0-000001-fish.png", "seed0-000002-fish.png");
        }
        Shell.Outcome unknown = shell.run("generate", alone.toString(), "--class", "fsh");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.errors()).singleElement().asString().contains("there are fish, ");
    }

    @Test
    void a_flipped_bit_or_a_cut_file_is_noticed_before_anything_is_loaded() throws IOException {
        assertThat(shell.train("a", "train.steps=1").code()).isZero();
        Path weights = shell.folderOf("a").resolve("checkpoints/step-0000001/generator.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        damaged();
        Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 8));
        damaged();
    }

    private void damaged() {
        for (String command : List.of("generate", "resume")) {
            Shell.Outcome outcome = command.equals("resume")
                    ? shell.run(command, shell.folderOf("a").toString(), "train.steps=2")
                    : shell.run(command, shell.folderOf("a").toString());
            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.errors())
                    .singleElement()
                    .asString()
                    .contains("generator.safetensors")
                    .contains("damaged");
        }
    }

    @Test
    void a_checkpoint_of_other_networks_is_refused() throws IOException {
        assertThat(shell.train("a", "train.steps=1").code()).isZero();
        Path recipe = shell.folderOf("a").resolve("recipe.yaml");
        Files.writeString(recipe, Files.readString(recipe).replace("width: 8", "width: 16"));
        Shell.Outcome outcome = shell.run("resume", shell.folderOf("a").toString(), "train.steps=2");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors())
                .singleElement()
                .asString()
                .contains("does not fit")
                .contains("shape");
    }

    @Test
    void settings_that_would_make_it_another_run_cannot_change() {
        Shell.Outcome outcome = shell.run("resume", "a", "train.batch=4");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).singleElement().asString().contains("'train.batch=4' cannot change");
    }

    @Test
    void a_full_disk_leaves_the_older_checkpoint() {
        Workshop workshop = new Workshop();
        List<String> settings = new java.util.ArrayList<>(Shell.TINY);
        settings.addAll(List.of("train.steps=2", "run.checkpoint_every=1"));
        Surroundings surroundings = new Surroundings(
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                false,
                Map.of(),
                folder,
                new Interruption());
        Runner runner =
                new Runner(surroundings, new Console(surroundings, true, false), (trainer, directory, extras) -> {
                    if (trainer.step() == 1) {
                        trainer.save(directory, extras);
                        return;
                    }
                    AtomicFiles.writeDirectory(directory, partial -> {
                        Files.write(partial.resolve("generator.safetensors"), new byte[1000]);
                        throw new IOException("No space left on device");
                    });
                });
        try (Plan plan = Plan.of(workshop.read("shapes/dcgan", settings))) {
            RunFolder run = RunFolder.create(shell.runs(), "a", "a");
            AtomicFiles.write(
                    run.recipe(),
                    workshop.complete(plan.experiment()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            Assertions.assertThatThrownBy(
                            () -> runner.run(run, plan, RunInfo.starting("a", runner.context(plan)), false))
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("step-0000002");
            assertThat(run.info().state()).isEqualTo(RunInfo.State.FAILED);
            assertThat(run.checkpoints().list()).containsExactly("step-0000001");
            assertThat(Checkpoint.open(run.checkpoints().named("latest")).step())
                    .isEqualTo(1);
        }
    }

    @Test
    void the_report_shows_text_as_text_and_needs_nothing_else() throws IOException {
        assertThat(shell.train("a", "train.steps=2", "title='<script>alert(1)</script>'")
                        .code())
                .isZero();
        String page = Files.readString(shell.folderOf("a").resolve("report.html"));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script")
                .doesNotContain("http:");
        assertThat(page)
                .contains("<polyline")
                .contains("data:image/png;base64,")
                .contains("prefers-color-scheme: dark");
    }
}
