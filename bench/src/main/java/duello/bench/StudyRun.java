package duello.bench;

import duello.catalog.Failure;
import duello.io.Json;
import duello.io.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A finished run of a study, as its log tells it.
 *
 * @param method its name without the seed
 * @param scores by their names, over iterations
 * @param losses and what else was logged, by their names, over iterations
 * @param seconds that all iterations took together
 */
record StudyRun(
        String method,
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
                put(scores, score.path("name").asString(), step, score.path("value"));
            }
            node.path("losses").properties().forEach(e -> put(losses, e.getKey(), step, e.getValue()));
            if (node.has("rate")) {
                seconds += (step - before) / node.path("rate").asDouble();
                before = step;
            }
        }
        String method = String.valueOf(run.getFileName()).replaceFirst("-seed\\d+$", "");
        return new StudyRun(method, scores, losses, seconds);
    }

    private static void put(Map<String, NavigableMap<Long, Double>> values, String name, long step, JsonNode value) {
        values.computeIfAbsent(name, n -> new TreeMap<>()).put(step, value.asDouble());
    }

    /** A score at the end, NaN if there is none. */
    double last(String score) {
        NavigableMap<Long, Double> values = scores.get(score);
        return values == null ? Double.NaN : values.lastEntry().getValue();
    }

    /** The iterations at which there are scores, but for the untrained networks. */
    NavigableSet<Long> scored() {
        NavigableSet<Long> steps = new TreeSet<>();
        scores.values().forEach(s -> steps.addAll(s.navigableKeySet()));
        steps.remove(0L);
        return steps;
    }

    /**
     * A score of that name at an iteration, or what the log says since the scores before it, on average, of a number
     * whose name ends so.
     */
    OptionalDouble at(long step, String name) {
        NavigableMap<Long, Double> score = scores.get(name);
        if (score != null) {
            Double value = score.get(step);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
        Long before = scored().lower(step);
        List<Double> values = new ArrayList<>();
        losses.forEach((logged, at) -> {
            if (logged.equals(name) || logged.endsWith("." + name)) {
                values.addAll(at.subMap(before == null ? 0 : before, false, step, true)
                        .values());
            }
        });
        return values.stream().mapToDouble(v -> v).average();
    }
}
