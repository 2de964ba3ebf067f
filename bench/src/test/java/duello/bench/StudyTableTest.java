package duello.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.io.Json;
import duello.metric.Protocol;
import duello.metric.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a study: runs of one method in a row, best first, and what was logged over the iterations. */
class StudyTableTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void runs() throws IOException {
        run("base-seed0", "DONE", 30, 40, 0.5);
        run("task-seed0", "DONE", 20, 10, 0.25);
        run("task-seed1", "DONE", 24, 14, 0.75);
        run("task-seed2", "INTERRUPTED", 1, 1, 1);
    }

    private void run(String name, String state, double first, double last, double accuracy) throws IOException {
        run(
                name,
                state,
                scores(0, score("fid", 99)),
                "{\"step\":5,\"rate\":1,\"losses\":{\"turn.accuracy_real\":0}}",
                "{\"step\":10,\"rate\":5,\"losses\":{\"turn.accuracy_real\":" + accuracy + "}}",
                scores(10, score("fid", first)),
                "{\"step\":20,\"rate\":10,\"losses\":{\"turn.accuracy_real\":" + accuracy + "}}",
                scores(20, score("fid", last), score("is", 2)));
    }

    private void adaptation(String name, double quality, double diversity) throws IOException {
        run(
                name,
                "DONE",
                scores(0, score("quality", 0), score("diversity", 0.5)),
                scores(5, score("fid", 9), score("quality", quality), score("diversity", diversity)));
        Files.createDirectory(folder.resolve(name).resolve("source"));
    }

    private void run(String name, String state, String... lines) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("run.json"), "{\"state\": \"" + state + "\"}");
        Files.write(run.resolve("metrics.jsonl"), List.of(lines));
    }

    private static Score score(String name, double value) {
        Protocol.Features by = new Protocol.Features("faces-classifier", "0", "none");
        return new Score(name, value, new Protocol(by, "faces", 1, 1, "running", Map.of()));
    }

    private static String scores(long step, Score... scores) {
        return Json.line(Map.of("step", step, "scores", List.of(scores)));
    }

    @Test
    void finishedRunsOfOneMethodShareARowBestFirst() {
        assertThat(StudyTable.report(folder.toString()).lines())
                .containsExactly(
                        "| method | seeds | fid | seconds |",
                        "|---|---|---|---|",
                        "| task | 2 | 12.00 (10.00 to 14.00) | 7.00 (7.00 to 7.00) |",
                        "| base | 1 | 40.00 | 7.00 |");
    }

    @Test
    void runsWithOtherScoresHaveATableOfTheirOwn() throws IOException {
        adaptation("adapted-seed1", 0.25, 0.5);
        adaptation("adapted-seed2", 0.75, 0.25);
        assertThat(StudyTable.report(folder.toString()).lines())
                .startsWith(
                        "| method | seeds | fid | quality | diversity | seconds |",
                        "|---|---|---|---|---|---|",
                        "| adapted | 2 | 9.00 (9.00 to 9.00) | 0.500 (0.250 to 0.750) | 0.375 (0.250 to 0.500)"
                                + " | 0.000 (0.000 to 0.000) |",
                        "",
                        "| method | seeds | fid | seconds |");
    }

    @Test
    void overIterationsThereAreTheRunsThatHaveTheScoreFromTheirSourceOn() throws IOException {
        adaptation("adapted-seed1", 0.25, 0.5);
        adaptation("adapted-seed2", 0.75, 0.25);
        assertThat(StudyTable.report(folder.toString(), "diversity[faces-classifier]")
                        .lines())
                .containsExactly(
                        "diversity[faces-classifier] at iteration",
                        "",
                        "| method | 0 | 5 |",
                        "|---|---|---|",
                        "| adapted | 0.500 (0.500 to 0.500) | 0.375 (0.250 to 0.500) |");
    }

    @Test
    void overIterationsScoresAreAsMeasuredAndLoggedNumbersMeansSinceTheScoresBefore() {
        assertThat(StudyTable.report(folder.toString(), "fid", "accuracy_real").lines())
                .containsExactly(
                        "fid at iteration",
                        "",
                        "| method | 10 | 20 |",
                        "|---|---|---|",
                        "| base | 30.00 | 40.00 |",
                        "| task | 22.00 (20.00 to 24.00) | 12.00 (10.00 to 14.00) |",
                        "",
                        "accuracy_real at iteration",
                        "",
                        "| method | 10 | 20 |",
                        "|---|---|---|",
                        "| base | 0.250 | 0.500 |",
                        "| task | 0.250 (0.125 to 0.375) | 0.500 (0.250 to 0.750) |");
    }

    @Test
    void withoutAFolderItSaysHowItIsUsed() {
        assertThatThrownBy(StudyTable::report).isInstanceOf(Failure.class).hasMessageStartingWith("usage:");
        assertThatThrownBy(() -> StudyTable.report("no such folder")).hasMessageContaining("no such folder");
    }
}
