package duello.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.data.Cifar10;
import duello.data.Dataset;
import duello.data.ImageFolder;
import duello.data.MemoryDataset;
import duello.data.Pixels;
import duello.dist.Collective;
import duello.method.adversarial.Hinge;
import duello.method.condition.Contrastive;
import duello.method.condition.PlainLogit;
import duello.model.BigResNet;
import duello.model.ImageDomain;
import duello.recipe.studiogan.ShippedFiles;
import duello.torch.Devices;
import duello.train.AdamSettings;
import duello.train.AverageSettings;
import duello.train.Trainer;
import duello.train.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of PyTorch-StudioGAN where recipes are expected. */
class StudioGanRecipesTest {
    /** Of images that networks are trained on here. */
    private static final int LARGEST = 64;

    private static final Pattern CLASSES = Pattern.compile("num_classes: (\\d+)");

    private final List<String> notes = new ArrayList<>();
    private final RecipeReader reader = new RecipeReader(Shelves.builtIn(), Recipes.shipped(), notes::add);

    private Experiment read(String name, String... settings) {
        String yaml = ShippedFiles.named(name).yaml();
        return reader.read(new RecipeText("some/" + name + ".yaml", yaml, null), List.of(settings));
    }

    static Stream<ShippedFiles.File> trainable() {
        return ShippedFiles.trainable();
    }

    /** Networks a few channels wide, one update each of batches of 2. */
    private static final List<String> REDUCED = List.of(
            "model.generator.width=8",
            "model.discriminator.width=8",
            "model.generator.init=n02",
            "model.discriminator.init=n02",
            "train.batch=2",
            "train.accumulate=1",
            "train.updates.discriminator=1",
            "train.device=cpu");

    private static final List<String> REDUCED_STYLE = List.of(
            "model.mapping.width=8",
            "model.generator.channel_base=64",
            "model.discriminator.channel_base=64",
            "train.batch=2",
            "train.accumulate=1",
            "train.updates.discriminator=1",
            "train.device=cpu");

    @ParameterizedTest
    @MethodSource("trainable")
    void everyFileBuildsItsNetworksAndTrains(ShippedFiles.File file) {
        Experiment e =
                reader.read(new RecipeText(file.name(), file.yaml(), null), file.styleGan() ? REDUCED_STYLE : REDUCED);
        int resolution = e.data().resolution();
        if (resolution > LARGEST) {
            // Built as large as they are; a step of the same networks for smaller images is as telling and far cheaper.
            assertThat(e.model()
                            .generator(new ImageDomain(resolution, classes(file)), 1, Devices.CPU)
                            .module()
                            .parameterCount())
                    .isPositive();
            assertThat(e.model()
                            .discriminator(new ImageDomain(resolution, classes(file)), 1, Devices.CPU)
                            .module()
                            .parameterCount())
                    .isPositive();
        }
        Dataset images = noise(Math.min(resolution, LARGEST), classes(file));
        try (Trainer trainer = new Trainer(e.setup(images, Collective.LOCAL))) {
            trainer.iterate();
            assertThat(trainer.losses()).isNotEmpty();
            assertThat(trainer.losses().values()).allMatch(Double::isFinite);
        }
    }

    private static int classes(ShippedFiles.File file) {
        Matcher written = CLASSES.matcher(file.yaml());
        return written.find() ? Integer.parseInt(written.group(1)) : 10;
    }

    private static Dataset noise(int resolution, int classes) {
        int[] labels = {0, 1 % classes, classes - 1, 0, classes - 1, classes / 2, 0, 0};
        Pixels pixels = new Pixels(labels.length, resolution);
        Random random = new Random(1);
        byte[] image = new byte[3 * resolution * resolution];
        for (int i = 0; i < labels.length; i++) {
            random.nextBytes(image);
            pixels.write(i, image, 0);
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        return new MemoryDataset("noise", names, labels, pixels);
    }

    @Test
    void contraGanBindsToTheSettingsOfThePaper() {
        Experiment e = read("CIFAR10/ContraGAN");
        assertThat(e.title()).isEqualTo("ContraGAN of PyTorch-StudioGAN");
        assertThat(e.data()).isEqualTo(new Cifar10(""));
        assertThat(e.adversarial()).isEqualTo(new Hinge());
        assertThat(e.logit()).isEqualTo(new PlainLogit());
        assertThat(e.methods()).containsExactly(new Contrastive(1, 1, 512));
        assertThat(e.model()).isInstanceOfSatisfying(BigResNet.class, model -> {
            assertThat(model.latent()).isEqualTo(80);
            assertThat(model.shared()).isEqualTo(128);
            assertThat(model.conditional()).isTrue();
            assertThat(model.generator().attention()).containsExactly(2);
            assertThat(model.discriminator().attention()).containsExactly(1);
            assertThat(model.discriminator().width()).isEqualTo(96);
        });
        assertThat(e.train().updates()).isEqualTo(new Turns(5, 1, true));
        assertThat(e.train().generator()).isEqualTo(new AdamSettings(2e-4, 0.5, 0.999, 1e-6, 0));
        assertThat(e.train().average()).isEqualTo(new AverageSettings(0.9999, 1000));
    }

    @Test
    void itIsTheExperimentOfTheShippedRecipe() {
        Experiment theirs = read("CIFAR10/ReACGAN");
        Experiment ours = reader.read("cifar10/reacgan", List.of());
        assertThat(theirs.model()).isEqualTo(ours.model());
        assertThat(theirs.methods()).isEqualTo(ours.methods());
        assertThat(theirs.train()).isEqualTo(ours.train());
        assertThat(theirs.data()).isEqualTo(ours.data());
    }

    /** Recipes by the names of the files that they were made after. */
    static Stream<ShippedFiles.File> styleFilesOfCifar10() {
        return ShippedFiles.trainable()
                .filter(ShippedFiles.File::styleGan)
                .filter(file -> file.name().startsWith("CIFAR10/"));
    }

    @ParameterizedTest
    @MethodSource("styleFilesOfCifar10")
    void aStyleFileIsTheExperimentOfTheShippedRecipe(ShippedFiles.File file) {
        Experiment theirs = read(file.name());
        Experiment ours = reader.read(file.name().toLowerCase(Locale.ROOT), List.of());
        assertThat(theirs.model()).isEqualTo(ours.model());
        assertThat(theirs.adversarial()).isEqualTo(ours.adversarial());
        assertThat(theirs.logit()).isEqualTo(ours.logit());
        assertThat(theirs.methods()).containsExactlyInAnyOrderElementsOf(ours.methods());
        assertThat(theirs.train()).isEqualTo(ours.train());
    }

    @Test
    void settingsAreLaidOverItAndFaultsFoundLaterStandInTheFile() {
        assertThat(read("CIFAR10/ContraGAN", "train.steps=5", "methods[0].weight=2")
                        .methods())
                .containsExactly(new Contrastive(2, 1, 512));
        String yaml = "DATA: {name: photos, img_size: 32}\nMODEL:\n  d_conv_dim: 100000\n";
        assertThatThrownBy(() -> reader.read(new RecipeText("f.yaml", yaml, null), List.of()))
                .isInstanceOf(Failure.class)
                .hasMessage("f.yaml:3:15  model.discriminator.width: 100000 is out of range; allowed: 1 to 4096");
    }

    @Test
    void aFolderMustBeNamedUntilItIs() {
        Experiment e = read("CUB200/BigGAN");
        assertThat(e.data())
                .isInstanceOfSatisfying(
                        ImageFolder.class, folder -> assertThat(folder.path()).isEqualTo("data/CUB200"));
        assertThat(notes)
                .anyMatch(note -> note.contains("DATA.name: CUB200 is a folder of pictures, a subfolder for each of"
                        + " 200 classes; name it with --data DIR or data.path=DIR"));
        notes.clear();
        assertThat(read("CUB200/BigGAN", "data.path=birds").data())
                .isInstanceOfSatisfying(ImageFolder.class, folder -> {
                    assertThat(folder.path()).isEqualTo("birds");
                    assertThat(folder.resolution()).isEqualTo(128);
                });
        assertThat(notes).isNotEmpty().noneMatch(note -> note.contains("DATA.name"));
    }

    @Test
    void aRecipeMayExtendOne(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("ContraGAN.yaml"),
                ShippedFiles.named("CIFAR10/ContraGAN").yaml());
        Path mine = Files.writeString(
                folder.resolve("mine.yaml"), "extends: ContraGAN.yaml\ntitle: Mine\ntrain: {steps: 9}\n");
        Experiment e = reader.read(mine.toString(), List.of());
        assertThat(e.title()).isEqualTo("Mine");
        assertThat(e.train().steps()).isEqualTo(9);
        assertThat(e.train().average()).isEqualTo(new AverageSettings(0.9999, 1000));
    }

    @Test
    void aConvertedFileIsARecipeThatSaysTheSame(@TempDir Path folder) throws IOException {
        Path theirs = Files.writeString(
                folder.resolve("SNGAN.yaml"),
                ShippedFiles.named("CIFAR10/SNGAN").yaml());
        Path ours = Files.writeString(
                folder.resolve("sngan-ours.yaml"), reader.convert(theirs.toString(), List.of("train.seed=3")));
        assertThat(reader.read(ours.toString(), List.of()))
                .isEqualTo(reader.read(theirs.toString(), List.of("train.seed=3")));
        assertThatThrownBy(() -> reader.convert(ours.toString(), List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is no file of PyTorch-StudioGAN");
    }

    @Test
    void aHostileFileIsRefusedLikeAnyOther(@TempDir Path folder) throws IOException {
        StringBuilder bomb = new StringBuilder("DATA: {name: &a0 [x,x,x,x,x,x,x,x,x]}\nLOSS:\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("  k" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(2) + "]\n");
        }
        refused(bomb.toString(), "");
        refused("DATA: {name: !ruby/object {}}\n", "the tag !ruby/object has no meaning here");
        refused("DATA: {name: !!python/object/apply:os.system [ls]}\n", "a list stands where a text is needed");
        refused("DATA:\n  name: " + "[".repeat(5000), "larger or deeper");
        refused("DATA:\n  name: X\n  name: Y\n", "the key 'name' is there twice (first at line 2)");
        Path huge = Files.writeString(folder.resolve("huge.yaml"), "DATA:\n" + "# padding\n".repeat(200_000));
        assertThatThrownBy(() -> reader.read(huge.toString(), List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is larger than 1 MiB");
    }

    private void refused(String yaml, String saying) {
        assertThatThrownBy(() -> reader.read(new RecipeText("f.yaml", yaml, null), List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(saying);
    }
}
