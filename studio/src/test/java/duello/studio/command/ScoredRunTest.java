package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.studio.run.History;
import duello.studio.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores from end to end: while training, of a run, and of two folders of pictures. */
class ScoredRunTest {
    private static final String FID = "fid[shapes-classifier]";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void a_run_is_scored_keeps_its_best_and_can_be_scored_again() throws IOException {
        String[] scored = {"data.count=24", "train.steps=2", "run.evaluate_every=1", "run.evaluation_images=24"};
        String[] words = shell.training("a", scored);
        Shell.Outcome trained = shell.run(java.util.Arrays.stream(words)
                .filter(w -> !w.equals("--no-scores"))
                .toArray(String[]::new));
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains(FID).contains("at the start");
        RunFolder run = new RunFolder(shell.folderOf("a"));
        assertThat(History.scores(run).keySet()).containsExactly(0L, 1L, 2L);
        assertThat(run.checkpoints().named("best")).isDirectory();
        assertThat(Files.readString(run.path().resolve("report.html"))).contains(FID);

        Shell.Outcome again = shell.run("evaluate", run.path().toString(), "--metrics", "fid,kid", "--count", "24");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains(FID).contains("kid[").contains("24 generated against 16 real images");
        try (var files = Files.list(run.path().resolve("checkpoints"))) {
            assertThat(files.map(f -> f.getFileName().toString())).anyMatch(f -> f.matches("scores-step-.*\\.json"));
        }
        two_folders_of_pictures_are_compared(run.path());
    }

    private void two_folders_of_pictures_are_compared(Path run) {
        for (String seed : new String[] {"1", "2"}) {
            Shell.Outcome made = shell.run(
                    "generate",
                    run.toString(),
                    "--count",
                    "24",
                    "--seed",
                    seed,
                    "--out",
                    pictures(seed).toString());
            assertThat(made.code()).as(made.err()).isZero();
        }
        Shell.Outcome same = compared("1", "1");
        assertThat(same.out()).contains("fid[").contains("24 generated against 24 real images");
        assertThat(number(same)).isLessThan(1e-2);
        assertThat(number(compared("2", "1"))).isGreaterThan(number(same));
    }

    private Path pictures(String seed) {
        return folder.resolve("pictures-" + seed);
    }

    private Shell.Outcome compared(String fake, String real) {
        Shell.Outcome outcome =
                shell.run("evaluate", pictures(fake).toString(), pictures(real).toString(), "--metrics", "fid");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    private static double number(Shell.Outcome outcome) {
        String line = outcome.out()
                .lines()
                .filter(l -> l.startsWith("fid["))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
