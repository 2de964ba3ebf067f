package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "resume",
                "adapt",
                "generate",
                "evaluate",
                "compare",
                "landscape",
                "import",
                "export",
                "recipes",
                "data",
                "doctor",
                "completion"
            })
    void every_command_has_help_with_examples(String command) {
        Shell.Outcome outcome = shell.run(command, "--help");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("Usage: duello " + command)
                .contains("Example")
                .contains("duello " + command);
    }

    @Test
    void the_version_is_that_of_the_build() {
        Shell.Outcome outcome = shell.run("--version");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).matches("(?s)duello \\d+\\.\\d+.*libtorch presets \\d+\\..*");
    }

    @Test
    void no_command_at_all_is_wrong_use() {
        Shell.Outcome outcome = shell.run();
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--help");
    }

    @Test
    void a_misspelt_command_is_answered_with_the_nearest() {
        Shell.Outcome outcome = shell.run("tran");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).singleElement().asString().contains("did you mean 'train'?");
    }

    @Test
    void recipes_are_listed_with_the_default_marked() {
        Shell.Outcome outcome = shell.run("recipes");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("shapes/contragan (default)").contains("cifar10/reacgan");
    }

    @Test
    void the_list_tells_status_published_score_and_paper_and_can_be_narrowed() {
        Shell.Outcome outcome = shell.run("recipes", "list", "cifar10/reacgan-cr");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines())
                .singleElement()
                .asString()
                .contains("ported", "FID 7.18", "2111.01118", "1910.12027");
        Shell.Outcome none = shell.run("recipes", "list", "nothing-like-it");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.errors()).singleElement().asString().contains("nothing-like-it");
    }

    @Test
    void a_shown_recipe_is_explained() {
        Shell.Outcome outcome = shell.run("recipes", "show", "cifar10/reacgan-cr");
        assertThat(outcome.out())
                .startsWith("# ReACGAN with consistency regularisation on CIFAR-10")
                .contains("# published: FID 7.176", "d2dce: Data-to-data cross-entropy", "# method cr:");
    }

    @Test
    void a_shown_recipe_is_complete_and_has_the_setting_given() {
        Shell.Outcome outcome = shell.run("recipes", "show", "shapes/contragan", "train.steps=77");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("steps: 77").contains("seed: 0").contains("evaluation_images:");
    }

    @Test
    void json_results_are_json_alone() {
        Shell.Outcome outcome = shell.run("recipes", "check", "shapes/dcgan", "--json");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().strip()).startsWith("{").endsWith("}").contains("\"right\" : true");
    }

    @Test
    void the_completion_script_knows_the_commands() {
        Shell.Outcome outcome = shell.run("completion");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("complete -F").contains("generate").contains("--checkpoint");
    }

    @Test
    void the_doctor_trains_a_few_steps_without_a_leak() {
        Shell.Outcome outcome = shell.run("doctor");
        assertThat(outcome.code()).as(outcome.out()).isZero();
        assertThat(outcome.out())
                .contains("losses finite")
                .contains(" 0 native objects more")
                .contains("OMP_WAIT_POLICY")
                .contains("GOMP_SPINCOUNT");
    }
}
