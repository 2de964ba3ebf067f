package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    record Point(long step, double loss, List<String> tags) {}

    @TempDir
    Path folder;

    @Test
    void aRecordSurvivesTheFile() {
        Path file = folder.resolve("state.json");
        for (double loss : new double[] {0.1, Double.NaN, Double.NEGATIVE_INFINITY, 1e-300}) {
            Point point = new Point(1L << 60, loss, List.of("ü", "\"quoted\"\n"));
            Json.write(file, point);
            assertThat(Json.read(file, Point.class)).isEqualTo(point);
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() throws IOException {
        refuses("{\"step\":1,\n \"loss\":2,\n \"tags\":[],\"lost\":3}", ":3:", "unknown key 'lost'");
        refuses("{\"step\":1,\n \"step\":2,\"loss\":2,\"tags\":[]}", ":2:", "uplicate");
        refuses("{\"step\":1,\n \"loss\":\"ten\",\"tags\":[]}", ":2:", "ten");
        refuses("{\"step\":1,\"loss\":2}", ":1:", "tags");
        refuses("{\"loss\":2,\"tags\":[]}", ":1:", "step");
        refuses("{\"step\":null,\"loss\":2,\"tags\":[]}", ":1:", "null");
        refuses("{\"step\":1,\"loss\":2,\"tags\":[]}\n}", ":2:", "");
        refuses("{\"step\":1,\n", ":2:", "");
        refuses("", ":1:", "");
        refuses("null", ":1:", "null");
    }

    @Test
    void aLineHasNoNewlineAndAPrettyTextHas() {
        Point point = new Point(1, 2, List.of("a\nb"));
        assertThat(Json.line(point)).isEqualTo("{\"step\":1,\"loss\":2.0,\"tags\":[\"a\\nb\"]}");
        assertThat(Json.pretty(point)).endsWith("}\n").contains("\n  \"step\"");
    }

    @Test
    void aLogIsContinued() {
        Path file = folder.resolve("run/metrics.jsonl");
        for (int run = 0; run < 2; run++) {
            try (JsonLines log = JsonLines.append(file)) {
                log.add(Map.of("run", run));
            }
        }
        assertThat(JsonLines.read(file, Map.class)).containsExactly(Map.of("run", 0), Map.of("run", 1));
    }

    @Test
    void aTornLastLineIsPassedOverAndThenRemoved() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        String longTorn = "{\"text\":\"" + "ü".repeat(10_000);
        for (String torn : List.of("{\"run\":1", "{\"run\":12}", longTorn)) {
            Files.deleteIfExists(file);
            try (JsonLines log = JsonLines.append(file)) {
                log.add(Map.of("run", 0));
            }
            Files.writeString(file, torn, StandardOpenOption.APPEND);
            assertThat(JsonLines.read(file, Map.class)).containsExactly(Map.of("run", 0));
            try (JsonLines log = JsonLines.append(file)) {
                log.add(Map.of("run", 2));
            }
            assertThat(JsonLines.read(file, Map.class)).containsExactly(Map.of("run", 0), Map.of("run", 2));
        }
    }

    @Test
    void aFileOfOneTornLineBecomesEmpty() throws IOException {
        Path file = Files.writeString(folder.resolve("metrics.jsonl"), "{\"ru");
        JsonLines.append(file).close();
        assertThat(file).isEmptyFile();
    }

    @Test
    void aBrokenLineInTheMiddleIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("metrics.jsonl"), "{}\n\n{\"a\":}\n{}\n");
        assertThatThrownBy(() -> JsonLines.read(file, Map.class))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(file + ":3:6  ");
    }

    private void refuses(String text, String place, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("point.json"), text);
        assertThatThrownBy(() -> Json.read(file, Point.class))
                .as(text)
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(file + place)
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }
}
