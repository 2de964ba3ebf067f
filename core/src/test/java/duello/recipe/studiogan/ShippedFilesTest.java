package duello.recipe.studiogan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedFilesTest {
    static Stream<ShippedFiles.File> trainable() {
        return ShippedFiles.trainable();
    }

    @Test
    void thereAre196FilesOfWhich43AreOfStyleGan2And8OfStyleGan3() {
        assertThat(ShippedFiles.all()).hasSize(196).doesNotHaveDuplicates();
        assertThat(ShippedFiles.trainable()).hasSize(188);
        assertThat(ShippedFiles.trainable().filter(ShippedFiles.File::styleGan)).hasSize(43);
    }

    @ParameterizedTest
    @MethodSource("trainable")
    void everyOtherFileIsTranslated(ShippedFiles.File file) {
        Translated translated = Translated.of(file);
        assertThat(translated.recipe())
                .contains("data: {type: ", "\nmodel:\n  type: ", "\nadversarial: {type: ", "\ntrain:\n  steps: ")
                .doesNotContain("N/A", "W/O");
    }

    @Test
    void everyStyleGan3FileIsReadAndCheckedAndRefusedForItsBackboneAlone() {
        assertThat(ShippedFiles.all().stream().filter(ShippedFiles.File::styleGan3))
                .hasSize(8)
                .allSatisfy(file -> assertThatThrownBy(() -> Translated.of(file))
                        .as(file.name())
                        .isInstanceOf(Failure.class)
                        .message()
                        .matches("f\\.yaml:\\d+:\\d+  MODEL\\.backbone: stylegan3 is not built yet, so this cannot be"
                                + " trained"));
    }

    @Test
    void aFileThatAsksForNothingUnusualGetsTheTwoNotesThatAllGet() {
        assertThat(Translated.of(ShippedFiles.named("CIFAR10/ContraGAN")).notes())
                .containsExactly(
                        "f.yaml:1:1  OPTIMIZATION.total_steps: the reference runs 100001 iterations, one more than it"
                                + " says; Duello runs 100000",
                        "f.yaml:1:1  RUN.print_freq and RUN.save_freq are no part of such files: run.log_every is 100, and"
                                + " run.samples_every, run.checkpoint_every and run.evaluate_every are 2000, the"
                                + " reference's defaults");
    }

    /** Which of the CIFAR10 and CIFAR100 files say something of their own, so that nobody learns to skip notes. */
    @Test
    void notesAreRare() {
        List<String> talkative = ShippedFiles.trainable()
                .filter(file -> file.name().startsWith("CIFAR"))
                .filter(file -> !Translated.of(file).particulars().isEmpty())
                .map(ShippedFiles.File::name)
                .sorted()
                .toList();
        assertThat(talkative)
                .containsExactly(
                        "CIFAR10/ACGAN-Mod-Big-TAC",
                        "CIFAR10/ACGAN-Mod-TAC",
                        "CIFAR10/BigGAN-Uncond",
                        "CIFAR10/ContraGAN-TAC",
                        "CIFAR10/LOGAN",
                        "CIFAR10/ReACGAN-TAC",
                        "CIFAR100/ACGAN-Mod-ADC",
                        "CIFAR100/ACGAN-Mod-Big-ADC",
                        "CIFAR100/ACGAN-Mod-Big-TAC",
                        "CIFAR100/ACGAN-Mod-TAC",
                        "CIFAR100/ContraGAN-TAC",
                        "CIFAR100/LOGAN",
                        "CIFAR100/ReACGAN-TAC");
    }

    @Test
    void leCamWithoutItsSwitchIsSaidNotToBeActive() {
        ShippedFiles.File file = ShippedFiles.named("AFHQv2/BigGAN-256Res-LeCam");
        Translated translated = Translated.of(file);
        assertThat(translated.recipe()).contains("methods: []").doesNotContain("lecam");
        assertThat(translated.particulars())
                .anyMatch(note -> note.endsWith("LOSS.lecam_lambda, LOSS.lecam_ema_start_iter, LOSS.lecam_ema_decay are"
                        + " set, but LeCam takes no part: LOSS.apply_lecam is not in the file; it is so in the"
                        + " reference"));
    }

    @Test
    void aTextThatMeansANumberIsANumberAndSaysSo() {
        String yaml = ShippedFiles.named("CIFAR10/BigGAN-LeCam")
                .yaml()
                .replaceFirst("lecam_lambda: .*", "lecam_lambda: 3e-7");
        Translated translated = Translated.of(yaml);
        assertThat(translated.recipe()).contains("{type: lecam, weight: 3e-7, start: 1000, decay: 0.99}");
        assertThat(translated.particulars())
                .singleElement()
                .asString()
                .contains("LOSS.lecam_lambda: \"3e-7\" is a text to the reference");
    }

    @Test
    void cifar1000IsAFolderAsInTheReferenceAndCifar100WasProbablyMeant() {
        Translated translated = Translated.of(ShippedFiles.named("CIFAR100/ACGAN-Mod-ADC"));
        assertThat(translated.recipe())
                .contains("data: {type: image_folder, path: data/CIFAR1000, resolution: 32, resizer: lanczos}");
        assertThat(translated.particulars())
                .singleElement()
                .asString()
                .startsWith("f.yaml:2:9  DATA.name: CIFAR1000 is not CIFAR100, which was probably meant");
    }
}
