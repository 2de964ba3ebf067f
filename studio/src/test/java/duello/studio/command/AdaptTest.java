package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.AtomicFiles;
import duello.recipe.Recipes;
import duello.studio.console.Interruption;
import duello.studio.run.RunFolder;
import duello.train.Checkpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is adapted to a few pictures of all kinds, and goes on, draws and is repeated without its source. */
class AdaptTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private Path shots;

    @BeforeEach
    void train() throws IOException {
        shell = new Shell(folder);
        Shell.Outcome outcome = shell.train("first", "train.steps=2", "train.average={decay: 0.5}");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        shots = Files.createDirectory(folder.resolve("shots"));
        picture("wide.png", BufferedImage.TYPE_INT_RGB, 51, 37);
        picture("grey.png", BufferedImage.TYPE_BYTE_GRAY, 33, 40);
        picture("glass.png", BufferedImage.TYPE_INT_ARGB, 20, 90);
    }

    private void picture(String name, int type, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, 0x80000000 | x * 5 << 16 | y * 2 << 8 | name.length() * 9);
            }
        }
        ImageIO.write(image, "png", shots.resolve(name).toFile());
    }

    private Shell.Outcome adapt(String name, String method, String... more) {
        return adapt(new Interruption(), name, method, more);
    }

    private Shell.Outcome adapt(Interruption interruption, String name, String method, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "adapt",
                "first",
                "--images",
                shots.toString(),
                "--method",
                method,
                "--name",
                name,
                "--runs",
                shell.runs().toString(),
                "--device",
                "cpu",
                "train.steps=2",
                "run.log_every=1",
                "run.columns=2"));
        words.addAll(List.of(more));
        if (words.stream().noneMatch(w -> w.startsWith("adaptation="))) {
            words.add("--no-scores");
        }
        return shell.run(interruption, words.toArray(String[]::new));
    }

    @Test
    void whatTakesLongBeforeTheFirstIterationCanBeInterruptedAndNothingIsLost() throws IOException {
        Interruption interruption = new Interruption();
        interruption.wish();
        Shell.Outcome outcome = adapt(interruption, "a", "ewc", "methods[3].samples=20");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(130);
        RunFolder run = new RunFolder(shell.folderOf("a"));
        assertThat(Files.readString(run.path().resolve("run.log"))).contains("interrupted before the first iteration");
        assertThat(shell.run("resume", run.path().toString(), "--no-scores").code())
                .isZero();
        assertThat(adapt("b", "ewc", "methods[3].samples=20").code()).isZero();
        assertThat(digest("a", 2, "generator")).isEqualTo(digest("b", 2, "generator"));
    }

    @Test
    void qualityAndDiversityAreReadWhileItAdaptsAndComparedAfterwards() throws IOException {
        for (String method : List.of("tgan", "dcl")) {
            Shell.Outcome outcome = adapt(
                    method,
                    method,
                    "run.evaluate_every=1",
                    "run.evaluation_images=12",
                    "adaptation={source: {type: faces, resolution: 32, count: 40, validation: 8},"
                            + " target: {type: shapes, resolution: 32, count: 40, validation: 10}}");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out())
                    .contains("quality[faces-against-shapes-classifier]")
                    .contains("diversity[perceptual[faces-classifier]]")
                    .contains("nearest[perceptual[faces-classifier]]")
                    .contains("fid[shapes-classifier]");
            assertThat(shell.folderOf(method).resolve("samples/through-time.png"))
                    .isNotEmptyFile();
        }
        Path out = folder.resolve("comparison");
        Shell.Outcome compared = shell.run(
                "compare",
                shell.folderOf("tgan").toString(),
                shell.folderOf("dcl").toString(),
                "--out",
                out.toString());
        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(Files.readString(out.resolve("diversity-over-quality.svg"))).contains("tgan", "dcl", "polyline");
        Shell.Outcome again = shell.run("evaluate", shell.folderOf("dcl").toString(), "--count", "12");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("quality[").contains("diversity[");
    }

    @Test
    void imagesOfADatasetAreAdaptedToWhereNoFolderIsNamed() {
        Shell.Outcome outcome = shell.run(
                "adapt",
                "first",
                "--method",
                "tgan",
                "--no-scores",
                "--runs",
                shell.runs().toString(),
                "train.steps=1",
                "train.device=cpu",
                "data={type: faces, resolution: 32, count: 3, validation: 1, style: sketch}");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("3 images of faces");
    }

    @Test
    void seedsOfAnAdaptationAreComparedAsOneButOfOneSourceOnly() throws IOException {
        assertThat(shell.train("second", "train.steps=1").code()).isZero();
        assertThat(adapt("a", "tgan", "train.seed=1").code()).isZero();
        assertThat(adapt("a-again", "tgan", "train.seed=2").code()).isZero();
        Shell.Outcome other = shell.run(
                "train",
                shell.folderOf("a").resolve("recipe.yaml").toString(),
                "source.checkpoint=" + shell.folderOf("second"),
                "--no-scores",
                "--name",
                "other",
                "--runs",
                shell.runs().toString());
        assertThat(other.code()).as(other.err()).isZero();
        Path out = folder.resolve("all");
        Shell.Outcome compared = shell.run(
                "compare", "a", "a-again", "other", "--runs", shell.runs().toString(), "--out", out.toString());
        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(Files.readString(out.resolve("index.html"))).contains(">a, -again · other<");
    }

    @Test
    void aTargetWithoutASourceIsRefused() {
        refused(
                adapt("a", "tgan", "adaptation={target: {type: shapes, resolution: 32, count: 40, validation: 10}}"),
                "adaptation",
                "add adaptation.source");
    }

    private void refused(Shell.Outcome outcome, String... said) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        List<String> errors = outcome.errors().stream()
                .filter(line -> !line.startsWith("duello: note: "))
                .toList();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0)).contains(said).doesNotContain("Exception");
    }

    private String digest(String run, long step, String network) {
        Path checkpoint = new RunFolder(shell.folderOf(run)).checkpoints().at(step);
        return Objects.requireNonNull(Checkpoint.open(checkpoint).files().get(network + ".safetensors"));
    }

    @Test
    void aFewPicturesOfAllKindsAreEnoughAndTheRunIsWhole() throws IOException {
        Shell.Outcome outcome = adapt("a", "dcl");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path run = shell.folderOf("a");
        assertThat(outcome.out()).contains("3 images of shots");
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
                .hasSize(2)
                .allMatch(l -> l.contains("generator.dcl") && l.contains("discriminator.dcl"));
        assertThat(run.resolve("samples/step-0000000.png")).isNotEmptyFile();
        assertThat(run.resolve("samples/step-0000002.png")).isNotEmptyFile();
        assertThat(Checkpoint.open(run.resolve("source")).files())
                .containsEntry("generator.safetensors", digest("first", 2, "generator"))
                .containsEntry("average.safetensors", digest("first", 2, "average"))
                .doesNotContainKey("optimizers.safetensors");
        assertThat(Files.readString(run.resolve("recipe.yaml")))
                .contains("checkpoint: " + run.resolve("source"))
                .contains("type: relaxed_realism");
    }

    @Test
    void anAdaptedRunGoesOnDrawsAndIsRepeatedWhenItsSourceIsGoneAndItHasMoved() throws IOException {
        assertThat(adapt("whole", "dcl", "train.steps=3").code()).isZero();
        assertThat(adapt("parts", "dcl").code()).isZero();
        AtomicFiles.delete(shell.folderOf("first"));
        Path moved = Files.move(shell.folderOf("parts"), folder.resolve("moved"));
        Shell.Outcome resumed = shell.run("resume", moved.toString(), "--no-scores", "train.steps=3");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        Path checkpoint = new RunFolder(moved).checkpoints().at(3);
        for (String network : List.of("generator", "average", "discriminator", "methods")) {
            assertThat(Checkpoint.open(checkpoint).files().get(network + ".safetensors"))
                    .as(network)
                    .isNotNull()
                    .isEqualTo(digest("whole", 3, network));
        }
        Shell.Outcome again = shell.run(
                "train",
                shell.folderOf("whole").resolve("recipe.yaml").toString(),
                "--no-scores",
                "--name",
                "again",
                "--runs",
                shell.runs().toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(digest("again", 3, "generator")).isEqualTo(digest("whole", 3, "generator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minegan", "bsa"})
    void aWrappedGeneratorDrawsFromACheckpointAlone(String method) throws IOException {
        Shell.Outcome outcome = adapt("a", method);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path alone = Files.move(shell.folderOf("a").resolve("checkpoints/step-0000002"), folder.resolve("alone"));
        Path out = folder.resolve("out");
        Shell.Outcome drawn = shell.run("generate", alone.toString(), "--count", "2", "--out", out.toString());
        assertThat(drawn.code()).as(drawn.err()).isZero();
        try (var files = Files.list(out)) {
            assertThat(files).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tgan", "tgan-ada", "freezed", "ewc", "cdc", "rssa"})
    void everyOtherMethodOfTheListTrains(String method) {
        List<String> less = new ArrayList<>(List.of("train.steps=1"));
        less.addAll(
                switch (method) {
                    case "freezed" -> List.of("methods[3].blocks=2");
                    case "ewc" -> List.of("methods[3].samples=3");
                    case "rssa" -> List.of("methods[6].steps=2");
                    default -> List.of();
                });
        Shell.Outcome outcome = adapt("a", method, less.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    @Test
    void onePictureIsEnough() throws IOException {
        Files.delete(shots.resolve("wide.png"));
        Files.delete(shots.resolve("glass.png"));
        Shell.Outcome outcome = adapt("a", "cdc");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("1 images of shots");
    }

    @Test
    void theMethodsAreToldOneALine() {
        Shell.Outcome outcome = shell.run("adapt", "--list");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).hasSameSizeAs(Recipes.adaptations()).allMatch(l -> l.length() > 20);
        assertThat(outcome.out()).contains("dcl", "tgan-ada", "FreezeD");
    }

    @Test
    void anAdaptationOfOnesOwnIsAFile() throws IOException {
        Path own = Files.writeString(
                folder.resolve("own.yaml"), "title: mine\nextends: adapt/dcl\ntrain: {generator: {rate: 1e-4}}\n");
        Shell.Outcome outcome = adapt("a", own.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Files.readString(shell.folderOf("a").resolve("recipe.yaml"))).contains("title: mine");
    }

    @Test
    void aRunMayStartFromARunByItsRecipe() {
        Shell.Outcome outcome =
                shell.train("second", "train.steps=1", "source={checkpoint: " + shell.folderOf("first") + "}");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Checkpoint.open(shell.folderOf("second").resolve("source")).step())
                .isEqualTo(2);
    }

    // ---- bad input

    @Test
    void aFolderThatIsNotThere() throws IOException {
        AtomicFiles.delete(shots);
        refused(adapt("a", "dcl"), "shots: no such folder");
        assertThat(shell.folderOf("a")).doesNotExist();
    }

    @Test
    void anEmptyFolder() throws IOException {
        AtomicFiles.delete(shots);
        Files.createDirectory(shots);
        refused(adapt("a", "dcl"), "shots: holds no pictures");
    }

    @Test
    void aBrokenPictureAmongThemIsLeftOut() throws IOException {
        Files.write(shots.resolve("broken.png"), new byte[] {1, 2, 3});
        Shell.Outcome outcome = adapt("a", "tgan", "train.steps=1");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("3 images of shots");
    }

    @Test
    void anotherResolutionThanTheSources() {
        refused(adapt("a", "dcl", "data.resolution=64"), "32 px", "data.resolution=32");
    }

    @Test
    void aSourceWithoutADiscriminator() throws IOException {
        Path alone = folder.resolve("alone");
        Checkpoint.copyNetworks(
                new RunFolder(shell.folderOf("first")).checkpoints().at(2), alone);
        Files.delete(alone.resolve("discriminator.safetensors"));
        Path state = alone.resolve("state.json");
        Files.writeString(
                state, Files.readString(state).replaceAll("\"discriminator.safetensors\" : \"[0-9a-f]+\",?", ""));
        String[] words = {
            "adapt",
            alone.toString(),
            "--images",
            shots.toString(),
            "--runs",
            shell.runs().toString(),
            "--name",
            "a",
            "train.steps=1",
            "train.device=cpu",
            "run.columns=2",
            "--method",
            "cdc"
        };
        refused(shell.run(words), "holds no discriminator", "source.discriminator=fresh");
        List<String> fresh = new ArrayList<>(List.of(words));
        fresh.add("source.discriminator=fresh");
        Shell.Outcome outcome = shell.run(fresh.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    @Test
    void anotherNumberOfClassesForNetworksThatKnowThem() {
        assertThat(shell.train("classes", "train.steps=1", "model.conditional=true")
                        .code())
                .isZero();
        refused(
                shell.run(
                        "adapt",
                        "classes",
                        "--images",
                        shots.toString(),
                        "--runs",
                        shell.runs().toString(),
                        "train.device=cpu"),
                "knows 10 classes and the images are of 1");
    }

    @Test
    void wordsThatAreMissingOrWrong() {
        refused(shell.run("adapt"), "needs a source and pictures");
        refused(shell.run("adapt", "first", "--runs", shell.runs().toString()), "needs a source and pictures");
        refused(adapt("a", "dlc"), "no adaptation 'dlc'", "did you mean 'dcl'?");
        refused(
                shell.run(
                        "adapt",
                        "nothing",
                        "--images",
                        shots.toString(),
                        "--runs",
                        shell.runs().toString()),
                "no run or checkpoint 'nothing'");
        refused(adapt("a", "dcl", "methods[4].temprature=1"), "did you mean 'temperature'?");
    }
}
