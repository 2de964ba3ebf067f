package duello.bench;

import duello.catalog.Failure;
import duello.io.Json;
import duello.io.JsonLines;
import duello.metric.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A finished run of a study, as its log tells it.
 *
 * @param method its name without the seed
 * @param adapts whether it started from trained networks
 * @param scores by their labels, such as {@code fid[shapes-classifier]}, over iterations
 * @param losses and what else was logged, by their names, over iterations
 * @param seconds that all iterations took together
 */
record StudyRun(
        String method,
        boolean adapts,
        Map<String, NavigableMap<Long, Double>> scores,
        Map<String, NavigableMap<Long, Double>> losses,
        double seconds) {
    /** The finished runs of a folder, which are named {@code METHOD-seedN}, in the order of their names. */
    static List<StudyRun> finished(Path folder) {
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.filter(StudyRun::isFinished)
                    .sorted()
                    .map(StudyRun::read)
                    .toList();
        } catch (IOException e) {
            throw new Failure(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isFinished(Path run) {
        Path info = run.resolve("run.json");
        return Files.isRegularFile(info)
                && Json.read(info).path("state").asString("").equals("DONE");
    }

    private static StudyRun read(Path run) {
        Map<String, NavigableMap<Long, Double>> scores = new TreeMap<>();
        Map<String, NavigableMap<Long, Double>> losses = new TreeMap<>();
        double seconds = 0;
        long before = 0;
        for (JsonNode node : JsonLines.read(run.resolve("metrics.jsonl"), JsonNode.class)) {
            long step = node.path("step").asLong();
            for (JsonNode score : node.path("scores")) {
                Score read = Json.parse(Json.line(score), Score.class, run.toString());
                put(scores, read.label(), step, read.value());
            }
            node.path("losses")
                    .properties()
                    .forEach(e -> put(losses, e.getKey(), step, e.getValue().asDouble()));
            if (node.has("rate")) {
                seconds += (step - before) / node.path("rate").asDouble();
                before = step;
            }
        }
        String method = String.valueOf(run.getFileName()).replaceFirst("-seed\\d+$", "");
        return new StudyRun(method, Files.isDirectory(run.resolve("source")), scores, losses, seconds);
    }

    private static void put(Map<String, NavigableMap<Long, Double>> values, String name, long step, double value) {
        values.computeIfAbsent(name, n -> new TreeMap<>()).put(step, value);
    }

    /** A score over iterations, by its label or by what stands before the label's bracket. */
    private Optional<NavigableMap<Long, Double>> score(String name) {
        return scores.entrySet().stream()
                .filter(e -> e.getKey().equals(name) || e.getKey().startsWith(name + "["))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    boolean has(String score) {
        return score(score).isPresent();
    }

    /** A score at the end, NaN if there is none. */
    double last(String score) {
        return score(score).map(values -> values.lastEntry().getValue()).orElse(Double.NaN);
    }

    /**
     * A score over iterations, or what the log says between one iteration with scores and the next, on average, of a number
     * whose name ends so. Without iteration 0, unless there were trained networks at it.
     */
    NavigableMap<Long, Double> over(String name) {
        NavigableMap<Long, Double> values = score(name).orElseGet(() -> logged(name));
        return adapts ? values : values.tailMap(0L, false);
    }

    private NavigableMap<Long, Double> logged(String name) {
        NavigableSet<Long> steps = new TreeSet<>();
        scores.values().forEach(s -> steps.addAll(s.navigableKeySet()));
        NavigableMap<Long, Double> means = new TreeMap<>();
        long before = 0;
        for (long step : steps) {
            logged(name, before, step).ifPresent(mean -> means.put(step, mean));
            before = step;
        }
        return means;
    }

    private OptionalDouble logged(String name, long after, long to) {
        return losses.entrySet().stream()
                .filter(e -> e.getKey().equals(name) || e.getKey().endsWith("." + name))
                .flatMap(e -> e.getValue().subMap(after, false, to, true).values().stream())
                .mapToDouble(v -> v)
                .average();
    }
}
