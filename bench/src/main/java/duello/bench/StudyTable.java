package duello.bench;

import duello.catalog.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A study's finished runs as tables in Markdown. Runs that differ in their seed alone share a row, with the mean and, in
 * brackets, the least and the greatest value.
 */
public final class StudyTable {
    private static final List<String> SCORES = List.of("fid", "precision", "recall", "accuracy");
    private static final String NOTHING = "";

    private final Map<String, List<StudyRun>> rows;

    private StudyTable(List<StudyRun> runs) {
        this.rows =
                runs.stream().collect(Collectors.groupingBy(StudyRun::method, LinkedHashMap::new, Collectors.toList()));
    }

    /**
     * The folder of the runs, named {@code METHOD-seedN}: the last scores of each, best first. Then names of scores or of
     * logged numbers ({@code accuracy_real} is any number that ends so): a table over the iterations for each.
     */
    public static void main(String[] args) {
        try {
            System.out.print(report(args));
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static String report(String... args) {
        if (args.length == 0) {
            throw new Failure("usage: bench/run.sh StudyTable DIR [NAME ...]");
        }
        StudyTable table = new StudyTable(StudyRun.finished(Path.of(args[0])));
        return args.length == 1
                ? table.last()
                : Arrays.stream(args).skip(1).map(table::over).collect(Collectors.joining("\n"));
    }

    private String last() {
        StringBuilder text = header("seeds", "fid", "precision", "recall", "accuracy", "seconds");
        rows.entrySet().stream()
                .sorted(Comparator.comparingDouble(row -> mean(row.getValue(), r -> r.last("fid"))))
                .forEach(row -> {
                    text.append("| ")
                            .append(row.getKey())
                            .append(" | ")
                            .append(row.getValue().size());
                    SCORES.forEach(s -> text.append(" | ").append(cell(row.getValue(), r -> r.last(s))));
                    text.append(" | ")
                            .append(cell(row.getValue(), StudyRun::seconds))
                            .append(" |\n");
                });
        return text.toString();
    }

    /** A score, or a number of the log on average since the scores before, at every iteration that has scores. */
    private String over(String name) {
        NavigableSet<Long> steps = new TreeSet<>();
        rows.values().forEach(runs -> runs.forEach(r -> steps.addAll(r.scored())));
        StringBuilder text = new StringBuilder(name + " at iteration\n\n");
        text.append(header(steps.stream().map(String::valueOf).toArray(String[]::new)));
        rows.forEach((method, runs) -> {
            text.append("| ").append(method);
            steps.forEach(step ->
                    text.append(" | ").append(cell(runs, r -> r.at(step, name).orElse(Double.NaN))));
            text.append(" |\n");
        });
        return text.toString();
    }

    private static StringBuilder header(String... columns) {
        return new StringBuilder("| method | " + String.join(" | ", columns) + " |\n|---|")
                .append("---|".repeat(columns.length))
                .append('\n');
    }

    private static double mean(List<StudyRun> runs, ToDoubleFunction<StudyRun> value) {
        return runs.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static String cell(List<StudyRun> runs, ToDoubleFunction<StudyRun> value) {
        double mean = mean(runs, value);
        if (Double.isNaN(mean)) {
            return NOTHING;
        }
        String text = shown(mean);
        if (runs.size() == 1) {
            return text;
        }
        double[] all = runs.stream().mapToDouble(value).sorted().toArray();
        return text + " (" + shown(all[0]) + " to " + shown(all[all.length - 1]) + ")";
    }

    /** Three digits behind the point below 1, two above, none from 100 on. */
    private static String shown(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size < 1 ? "%.3f" : size < 100 ? "%.2f" : "%.0f", value);
    }
}
