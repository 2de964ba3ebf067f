package duello.studio.run;

import duello.io.Json;
import duello.io.JsonLines;
import duello.metric.Score;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What {@code metrics.jsonl} says of the past. */
public final class History {
    private History() {}

    /** Every line, in order. */
    public static List<JsonNode> lines(RunFolder folder) {
        return Files.exists(folder.metrics()) ? JsonLines.read(folder.metrics(), JsonNode.class) : List.of();
    }

    /** The scores by the iteration they were taken at. */
    public static TreeMap<Long, List<Score>> scores(RunFolder folder) {
        TreeMap<Long, List<Score>> scores = new TreeMap<>();
        for (JsonNode line : lines(folder)) {
            if (line.has("scores")) {
                scores.computeIfAbsent(line.path("step").asLong(0), s -> new ArrayList<>())
                        .addAll(scores(line, folder));
            }
        }
        return scores;
    }

    /** The scores in a line. */
    public static List<Score> scores(JsonNode line, RunFolder folder) {
        List<Score> scores = new ArrayList<>();
        for (JsonNode score : line.path("scores")) {
            scores.add(Json.parse(Json.line(score), Score.class, folder.metrics().toString()));
        }
        return scores;
    }
}
