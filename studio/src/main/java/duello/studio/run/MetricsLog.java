package duello.studio.run;

import duello.catalog.Failure;
import duello.io.AtomicFiles;
import duello.io.Json;
import duello.io.JsonLines;
import duello.io.TensorBoardWriter;
import duello.metric.Score;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The numbers of a run over its iterations: {@code metrics.jsonl}, and the same for TensorBoard. */
final class MetricsLog implements AutoCloseable {
    private final JsonLines lines;
    private final TensorBoardWriter events;

    /** Appends to the log of a run; what an earlier attempt wrote beyond iteration {@code from} is taken away. */
    MetricsLog(RunFolder folder, long from) {
        forget(folder.metrics(), from);
        lines = JsonLines.append(folder.metrics());
        events = new TensorBoardWriter(folder.path());
    }

    private static void forget(Path file, long beyond) {
        if (!Files.exists(file)) {
            return;
        }
        List<JsonNode> all = JsonLines.read(file, JsonNode.class);
        List<JsonNode> kept =
                all.stream().filter(line -> line.path("step").asLong(0) <= beyond).toList();
        if (kept.size() < all.size()) {
            String text = kept.stream().map(Json::line).collect(Collectors.joining("\n", "", "\n"));
            AtomicFiles.write(file, (kept.isEmpty() ? "" : text).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Notes the losses of an iteration.
     *
     * @param rate iterations a second
     */
    void losses(long step, Map<String, Double> losses, double rate) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("rate", rate);
        line.put("losses", losses);
        lines.add(line);
        losses.forEach((name, value) -> events.scalar("loss/" + name.replace('.', '/'), step, value));
        events.scalar("iterations a second", step, rate);
    }

    /** Notes the scores after {@code step} iterations. */
    void scores(long step, List<Score> scores) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("scores", scores);
        lines.add(line);
        scores.forEach(score -> events.scalar("score/" + score.name(), step, score.value()));
    }

    /** Shows a picture in TensorBoard. */
    void picture(long step, byte[] png, int width, int height) {
        events.image("samples", step, png, width, height);
        events.flush();
    }

    @Override
    public void close() {
        try (lines;
                events) {
            events.flush();
        } catch (RuntimeException e) {
            throw e instanceof Failure ? e : new Failure("the metrics log cannot be written: " + e.getMessage(), e);
        }
    }
}
