package duello.studio.report;

import duello.io.AtomicFiles;
import duello.metric.ScoreKind;
import duello.studio.run.RunFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Several runs in one page: the last of every score side by side, and a chart of every number that is logged with a curve
 * for each run. Each chart is a picture of its own, too.
 */
public final class Comparison {
    private final List<RunData> runs;

    private Comparison(List<RunData> runs) {
        this.runs = runs;
    }

    /**
     * Writes {@code index.html} and an SVG file for each chart to a folder.
     *
     * @return the files, the page first
     */
    public static List<Path> write(List<RunFolder> folders, Path out) {
        Comparison all = new Comparison(folders.stream().map(RunData::read).toList());
        List<LineChart> scores = all.charts(RunData::scores);
        List<LineChart> planes = all.planes();
        List<LineChart> numbers = all.charts(RunData::losses);
        List<Path> files = new ArrayList<>();
        files.add(write(out.resolve("index.html"), all.page(scores, planes, numbers)));
        Stream.of(scores, planes, numbers)
                .flatMap(List::stream)
                .forEach(c -> files.add(write(out.resolve(fileName(c.title())), c.picture())));
        return files;
    }

    private static Path write(Path file, String text) {
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** {@code fid-shapes-classifier.svg} for {@code fid[shapes-classifier]}. */
    private static String fileName(String title) {
        return title.replaceAll("[^A-Za-z0-9._]+", "-").replaceFirst("-$", "") + ".svg";
    }

    private List<LineChart> charts(Function<RunData, List<Series>> of) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(r -> of.apply(r).forEach(s -> names.add(s.name())));
        return names.stream().map(name -> chart(name, of)).toList();
    }

    private LineChart chart(String name, Function<RunData, List<Series>> of) {
        List<Series> curves = new ArrayList<>();
        for (RunData run : runs) {
            of.apply(run).stream()
                    .filter(s -> s.name().equals(name))
                    .forEach(s -> curves.add(new Series(run.info().name(), s.points())));
        }
        return new LineChart(name, curves);
    }

    /** The diversity of adapted generators over their quality: one goes at the other's cost. */
    private List<LineChart> planes() {
        List<Series> curves = runs.stream().flatMap(Comparison::plane).toList();
        return curves.isEmpty()
                ? List.of()
                : List.of(new LineChart(
                        "diversity over quality", "From iteration to iteration; the dot is the last.", curves));
    }

    private static Stream<Series> plane(RunData run) {
        return scoresOf(run, ScoreKind.QUALITY)
                .flatMap(quality -> scoresOf(run, ScoreKind.DIVERSITY)
                        .map(diversity -> new Series(run.info().name(), along(quality, diversity))));
    }

    private static Stream<Series> scoresOf(RunData run, ScoreKind kind) {
        return run.scores().stream().filter(s -> s.name().startsWith(kind.title() + "["));
    }

    /** The second's values over the first's, where both were measured. */
    private static List<Series.Point> along(Series first, Series second) {
        List<Series.Point> points = new ArrayList<>();
        for (Series.Point p : first.points()) {
            second.points().stream()
                    .filter(q -> q.x() == p.x())
                    .forEach(q -> points.add(new Series.Point(p.y(), q.y())));
        }
        return points;
    }

    private String page(List<LineChart> scores, List<LineChart> planes, List<LineChart> numbers) {
        Html html = new Html();
        String names = String.join(", ", runs.stream().map(r -> r.info().name()).toList());
        html.open("Comparison").element("h1", "Comparison").raw("<p class=\"state\">");
        html.text(names).raw("</p>\n");
        table(html, scores);
        charts(html, "Scores", scores.stream().filter(Comparison::isCurve).toList());
        charts(html, "Quality and diversity", planes);
        charts(html, "Losses and analyses", numbers);
        return html.close();
    }

    private void table(Html html, List<LineChart> scores) {
        if (scores.isEmpty()) {
            return;
        }
        html.raw("<h2>Last scores</h2>\n<table><thead><tr><th>score</th>");
        runs.forEach(r -> html.raw("<th>").text(r.info().name()).raw("</th>"));
        html.raw("</tr></thead><tbody>\n");
        for (LineChart score : scores) {
            html.row(
                    score.title(),
                    runs.stream().map(r -> last(r, score.title())).toArray(String[]::new));
        }
        html.raw("</tbody></table>\n");
    }

    private static String last(RunData run, String score) {
        return run.scores().stream()
                .filter(s -> s.name().equals(score) && !s.points().isEmpty())
                .map(s -> s.points().get(s.points().size() - 1))
                .map(p -> String.format(Locale.ROOT, "%.4g (at %.0f)", p.y(), p.x()))
                .findFirst()
                .orElse("");
    }

    private static boolean isCurve(LineChart chart) {
        return chart.series().stream().anyMatch(s -> s.points().size() > 2);
    }

    private static void charts(Html html, String heading, List<LineChart> charts) {
        if (!charts.isEmpty()) {
            html.element("h2", heading).raw("<div class=\"charts\">\n");
            charts.forEach(c -> c.write(html));
            html.raw("</div>\n");
        }
    }
}
