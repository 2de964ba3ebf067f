package duello.bench;

import duello.catalog.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
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
import java.util.stream.Stream;

/**
 * A study's finished runs as tables in Markdown. Runs that differ in their seed alone share a row, with the mean and, in
 * brackets, the least and the greatest value. Runs with other scores, such as adaptations and what they start from, have a
 * table of their own.
 */
public final class StudyTable {
    private static final List<String> SCORES =
            List.of("fid", "precision", "recall", "accuracy", "quality", "diversity", "nearest");
    private static final String NOTHING = "";

    private final List<Row> rows;

    private StudyTable(List<StudyRun> runs) {
        Map<String, List<StudyRun>> methods =
                runs.stream().collect(Collectors.groupingBy(StudyRun::method, LinkedHashMap::new, Collectors.toList()));
        this.rows = methods.entrySet().stream()
                .map(e -> new Row(e.getKey(), e.getValue()))
                .toList();
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
        Stream<String> tables =
                args.length == 1 ? table.last() : Arrays.stream(args).skip(1).map(table::over);
        return tables.collect(Collectors.joining("\n"));
    }

    /** A table of the last scores for each set of scores that runs have. */
    private Stream<String> last() {
        Map<List<String>, List<Row>> tables =
                rows.stream().collect(Collectors.groupingBy(Row::scores, LinkedHashMap::new, Collectors.toList()));
        return tables.entrySet().stream().map(table -> last(table.getKey(), table.getValue()));
    }

    private static String last(List<String> scores, List<Row> rows) {
        List<String> columns = new ArrayList<>(scores);
        columns.add(0, "seeds");
        columns.add("seconds");
        StringBuilder text = header(columns);
        rows.stream()
                .sorted(Comparator.comparingDouble(row -> row.mean(r -> r.last("fid"))))
                .forEach(row -> {
                    List<String> cells = new ArrayList<>();
                    cells.add(String.valueOf(row.runs.size()));
                    scores.forEach(s -> cells.add(row.cell(r -> r.last(s))));
                    cells.add(row.cell(StudyRun::seconds));
                    text.append(line(row.method, cells));
                });
        return text.toString();
    }

    /** A score, or a number of the log on average since the scores before, at every iteration that has it. */
    private String over(String name) {
        NavigableSet<Long> steps = new TreeSet<>();
        rows.forEach(row -> steps.addAll(row.over(name)));
        StringBuilder text = new StringBuilder(name + " at iteration\n\n");
        text.append(header(steps.stream().map(String::valueOf).toList()));
        rows.stream().filter(row -> !row.over(name).isEmpty()).forEach(row -> {
            List<String> cells = steps.stream()
                    .map(step -> row.cell(r -> r.over(name).getOrDefault(step, Double.NaN)))
                    .toList();
            text.append(line(row.method, cells));
        });
        return text.toString();
    }

    private static StringBuilder header(List<String> columns) {
        return new StringBuilder(line("method", columns))
                .append("|---|")
                .append("---|".repeat(columns.size()))
                .append('\n');
    }

    private static String line(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |\n";
    }

    /** The runs of a method, which differ in their seed. */
    private record Row(String method, List<StudyRun> runs) {
        /** Which of the scores there are. */
        List<String> scores() {
            return SCORES.stream()
                    .filter(s -> runs.stream().anyMatch(r -> r.has(s)))
                    .toList();
        }

        /** The iterations at which a score or logged number is known. */
        NavigableSet<Long> over(String name) {
            NavigableSet<Long> steps = new TreeSet<>();
            runs.forEach(r -> steps.addAll(r.over(name).navigableKeySet()));
            return steps;
        }

        double mean(ToDoubleFunction<StudyRun> value) {
            return runs.stream().mapToDouble(value).average().orElse(Double.NaN);
        }

        String cell(ToDoubleFunction<StudyRun> value) {
            double mean = mean(value);
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
}
