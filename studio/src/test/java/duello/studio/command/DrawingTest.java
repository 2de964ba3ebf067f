package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import duello.method.Method;
import duello.recipe.Shelves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code generate} and {@code evaluate} that say how pictures are drawn. */
class DrawingTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private Shell.Outcome generate(String out, String... options) {
        List<String> words =
                new ArrayList<>(List.of("generate", "a", "--runs", shell.runs().toString()));
        words.addAll(List.of("--count", "2", "--out", folder.resolve(out).toString()));
        words.addAll(Arrays.asList(options));
        return shell.run(words.toArray(String[]::new));
    }

    private byte[] second(String out, String... options) throws IOException {
        Shell.Outcome outcome = generate(out, options);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        try (var files = Files.list(folder.resolve(out))) {
            return Files.readAllBytes(files.sorted().toList().get(1));
        }
    }

    private void refused(String message, String... options) {
        Shell.Outcome outcome = generate("refused", options);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).singleElement().asString().contains(message);
    }

    @Test
    void pictures_are_drawn_as_the_options_say_and_else_as_the_recipe_does() throws IOException {
        String recipe = "sampling={truncation: 0.4, statistics: standing, standing: {passes: 3, batch: 4}}";
        assertThat(shell.train("a", "train.steps=1", recipe).code()).isZero();
        byte[] ofRecipe = second("recipe");
        assertThat(second("again")).isEqualTo(ofRecipe);
        byte[] plain = second("plain", "--truncation", "none", "--statistics", "running");
        assertThat(plain).isNotEqualTo(ofRecipe);
        assertThat(second("truncated", "--statistics", "running"))
                .isNotEqualTo(ofRecipe)
                .isNotEqualTo(plain);
        assertThat(second("standing", "--truncation", "none", "--standing-passes", "5"))
                .isNotEqualTo(plain)
                .isNotEqualTo(ofRecipe);
    }

    @Test
    void pictures_of_style_networks_have_options_of_their_own() throws IOException {
        String model = "model={type: stylegan2, latent: 8, mapping: {width: 8, layers: 1},"
                + " generator: {channel_base: 64}, discriminator: {channel_base: 64}}";
        assertThat(shell.train("a", "train.steps=1", model).code()).isZero();
        byte[] plain = second("plain");
        assertThat(second("again")).isEqualTo(plain);
        assertThat(second("psi", "--psi", "0.2")).isNotEqualTo(plain);
        assertThat(second("whole", "--psi", "none")).isEqualTo(plain);
        refused("cutoff says how many layers psi is for", "--cutoff", "2");
        refused("is none of random, stored, none", "--noise", "some");
    }

    @Test
    void values_that_mean_nothing_are_refused_in_one_line() {
        assertThat(shell.train("a", "train.steps=1").code()).isZero();
        refused("sampling.truncation: 0 is out of range; allowed: above 0", "--truncation", "0");
        refused("standng\" is none of running, batch, standing (did you mean 'standing'?)", "--statistics", "standng");
        refused("say nothing without --statistics standing", "--standing-passes", "4");
        refused("say nothing without --langevin STEPS", "--langevin-rate", "0.1");
        refused("psi and noise are for style networks", "--psi", "0.5");
    }

    @Test
    void the_protocol_of_a_score_says_how_pictures_were_drawn() throws IOException {
        assertThat(shell.train("a", "train.steps=1", "data.count=24").code()).isZero();
        Path run = shell.folderOf("a");
        Shell.Outcome scored = shell.run(
                "evaluate",
                run.toString(),
                "--metrics",
                "fid",
                "--count",
                "8",
                "--truncation",
                "0.5",
                "--statistics",
                "standing",
                "--standing-passes",
                "2",
                "--standing-batch",
                "4");
        assertThat(scored.code()).as(scored.err()).isZero();
        String words = "standing (2 passes of up to 4), truncation 0.5";
        assertThat(scored.out()).contains("drawn with " + words);
        assertThat(Files.readString(run.resolve("checkpoints/scores-step-0000001.json")))
                .contains(words);
        Shell.Outcome pictures = shell.run("evaluate", run.toString(), run.toString(), "--truncation", "0.5");
        assertThat(pictures.code()).isEqualTo(2);
        assertThat(pictures.errors()).singleElement().asString().contains("pictures in a folder are there already");
    }

    @Test
    void langevin_steps_join_the_methods_of_the_recipe() throws IOException {
        boolean there = Shelves.all()
                .holding(Method.class)
                .orElseThrow()
                .find("langevin")
                .isPresent();
        assumeTrue(there, "this build has no Langevin sampling");
        assertThat(shell.train("a", "train.steps=1").code()).isZero();
        byte[] plain = second("plain");
        assertThat(second("moved", "--langevin", "2", "--langevin-rate", "0.5", "--langevin-noise", "0.1"))
                .isNotEqualTo(plain);
        refused("--langevin", "--langevin", "two");
    }

    @Test
    void analyses_are_logged_and_plotted() throws IOException {
        Shell.Outcome trained = shell.train(
                "a",
                "train.steps=3",
                "methods=[{type: ac}, {type: discriminator_overfitting, every: 1, images: 8},"
                        + " {type: class_gradient_norms, every: 1}]");
        assertThat(trained.code()).as(trained.err()).isZero();
        Path run = shell.folderOf("a");
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .contains("discriminator_overfitting.held_back")
                        .contains("class_gradient_norms.features"));
        String page = Files.readString(run.resolve("report.html"));
        List<String> accuracy = Arrays.stream(page.split("<figure class=\"chart\">"))
                .filter(chart -> chart.startsWith("<figcaption>the discriminator&#39;s accuracy"))
                .toList();
        assertThat(accuracy).singleElement().asString().contains("</i>train", "</i>held back", "</i>generated");
        assertThat(accuracy.get(0)).contains("<p class=\"note\">Share of images it is right about;");
        assertThat(page)
                .contains("<figcaption>length of the features</figcaption>")
                .contains("<figcaption>confidence of the class loss</figcaption>")
                .contains("gradient.linear2")
                .doesNotContain("<figcaption>others</figcaption>");
    }
}
