package duello.studio.report;

import duello.catalog.Failure;
import duello.metric.Score;
import duello.studio.run.History;
import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.studio.run.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a run's folder holds, as far as a report shows it.
 *
 * @param recipe the text
 * @param losses each term's over iterations
 * @param scores each score's over iterations
 * @param protocols how each score was measured
 * @param samples the pictures, oldest first
 */
record RunData(
        RunInfo info,
        String recipe,
        List<Series> losses,
        List<Series> scores,
        Map<String, String> protocols,
        List<Path> samples) {
    static RunData read(RunFolder folder) {
        Map<String, List<Series.Point>> losses = new LinkedHashMap<>();
        Map<String, List<Series.Point>> scores = new LinkedHashMap<>();
        Map<String, String> protocols = new LinkedHashMap<>();
        for (JsonNode line : History.lines(folder)) {
            double step = line.path("step").asDouble(0);
            line.path("losses").forEachEntry((name, value) -> add(losses, name, step, value));
            for (Score score : History.scores(line, folder)) {
                scores.computeIfAbsent(score.label(), n -> new ArrayList<>())
                        .add(new Series.Point(step, score.value()));
                protocols.put(score.label(), ScoreTable.protocol(score));
            }
        }
        return new RunData(
                folder.info(), text(folder.recipe()), series(losses), series(scores), protocols, samples(folder));
    }

    private static void add(Map<String, List<Series.Point>> all, String name, double step, JsonNode value) {
        if (value.isNumber()) {
            all.computeIfAbsent(name, n -> new ArrayList<>()).add(new Series.Point(step, value.asDouble()));
        }
    }

    private static List<Series> series(Map<String, List<Series.Point>> points) {
        return points.entrySet().stream()
                .map(e -> new Series(e.getKey(), e.getValue()))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read; check its permissions", e);
        }
    }

    private static List<Path> samples(RunFolder folder) {
        if (!Files.isDirectory(folder.samples())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.samples())) {
            return files.filter(f -> String.valueOf(f.getFileName()).matches("step-\\d+\\.png"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Failure(folder.samples() + " cannot be read; check its permissions", e);
        }
    }
}
