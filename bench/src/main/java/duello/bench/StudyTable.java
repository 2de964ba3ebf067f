package duello.bench;

import duello.catalog.Failure;
import duello.io.Json;
import duello.io.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The last scores of a study's finished runs as a table in Markdown, best first: runs that differ in their seed alone share a row,
 * with the mean and, in brackets, the least and the greatest value.
 */
public final class StudyTable {
    private static final List<String> SCORES = List.of("fid", "precision", "recall", "accuracy");
    private static final String SECONDS = "seconds";

    private StudyTable() {}

    /** One argument: the folder of the runs, named {@code METHOD-seedN}. */
    public static void main(String[] args) {
        try {
            if (args.length != 1) {
                throw new Failure("usage: bench/run.sh StudyTable DIR");
            }
            print(rows(Path.of(args[0])));
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static Map<String, List<Map<String, Double>>> rows(Path folder) {
        Map<String, List<Map<String, Double>>> rows = new LinkedHashMap<>();
        try (Stream<Path> runs = Files.list(folder)) {
            for (Path run : runs.sorted().toList()) {
                if (finished(run)) {
                    String name = String.valueOf(run.getFileName()).replaceFirst("-seed\\d+$", "");
                    rows.computeIfAbsent(name, n -> new ArrayList<>()).add(last(run.resolve("metrics.jsonl")));
                }
            }
        } catch (IOException e) {
            throw new Failure(folder + " cannot be read: " + e.getMessage(), e);
        }
        return rows;
    }

    private static boolean finished(Path run) {
        Path info = run.resolve("run.json");
        return Files.isRegularFile(info)
                && Json.read(info).path("state").asString("").equals("DONE");
    }

    /** The scores at the end and the seconds of all iterations together. */
    private static Map<String, Double> last(Path metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        double seconds = 0;
        long before = 0;
        for (JsonNode node : JsonLines.read(metrics, JsonNode.class)) {
            for (JsonNode score : node.path("scores")) {
                values.put(score.path("name").asString(), score.path("value").asDouble());
            }
            if (node.has("rate")) {
                long step = node.path("step").asLong();
                seconds += (step - before) / node.path("rate").asDouble();
                before = step;
            }
        }
        values.put(SECONDS, seconds);
        return values;
    }

    private static void print(Map<String, List<Map<String, Double>>> rows) {
        List<String> columns = new ArrayList<>(SCORES);
        columns.add(SECONDS);
        System.out.println("| method | seeds | " + String.join(" | ", columns) + " |");
        System.out.println("|---|---|" + "---|".repeat(columns.size()));
        rows.entrySet().stream()
                .sorted((a, b) -> Double.compare(mean(a.getValue(), "fid"), mean(b.getValue(), "fid")))
                .forEach(row -> System.out.println("| " + row.getKey() + " | "
                        + row.getValue().size() + " | "
                        + columns.stream().map(c -> cell(row.getValue(), c)).collect(Collectors.joining(" | "))
                        + " |"));
    }

    private static double mean(List<Map<String, Double>> runs, String column) {
        return runs.stream()
                .mapToDouble(r -> r.getOrDefault(column, Double.NaN))
                .average()
                .orElse(Double.NaN);
    }

    private static String cell(List<Map<String, Double>> runs, String column) {
        String digits = switch (column) {
            case "fid" -> "%.2f";
            case SECONDS -> "%.0f";
            default -> "%.3f";
        };
        String mean = String.format(Locale.ROOT, digits, mean(runs, column));
        if (runs.size() == 1) {
            return mean;
        }
        double least = runs.stream()
                .mapToDouble(r -> r.getOrDefault(column, Double.NaN))
                .min()
                .orElse(Double.NaN);
        double most = runs.stream()
                .mapToDouble(r -> r.getOrDefault(column, Double.NaN))
                .max()
                .orElse(Double.NaN);
        return mean + String.format(Locale.ROOT, " (" + digits + " to " + digits + ")", least, most);
    }
}
