package duello.studio.report;

import duello.io.AtomicFiles;
import duello.metric.ScoreKind;
import duello.studio.run.RunFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several runs in one page: the last of every score side by side, and a chart of every number that is logged with a curve
 * for each run. Runs that differ in nothing but their seed are one curve, their mean, in a band that holds them all. Each chart
 * is a picture of its own, too.
 */
public final class Comparison {
    private static final String SEEDS =
            "Runs that differ in nothing but their seed are one curve: their mean, in a band that holds them all.";

    private final List<Repeats> all;

    private Comparison(List<Repeats> all) {
        this.all = all;
    }

    /**
     * Writes {@code index.html} and an SVG file for each chart to a folder.
     *
     * @return the files, the page first
     */
    public static List<Path> write(List<RunFolder> folders, Path out) {
        Comparison all = new Comparison(Repeats.of(folders));
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
        all.forEach(repeats -> repeats.runs().forEach(run -> of.apply(run).forEach(s -> names.add(s.name()))));
        return names.stream()
                .map(name -> new LineChart(
                        name, all.stream().map(r -> curve(r, name, of)).toList()))
                .toList();
    }

    private static Series curve(Repeats repeats, String name, Function<RunData, List<Series>> of) {
        return repeats.curve(run -> of.apply(run).stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .map(Comparison::byIteration)
                .orElseGet(TreeMap::new));
    }

    private static SortedMap<Double, Series.Point> byIteration(Series series) {
        SortedMap<Double, Series.Point> points = new TreeMap<>();
        series.points().forEach(p -> points.put(p.x(), p));
        return points;
    }

    /** The diversity of adapted generators over their quality: one goes at the other's cost. */
    private List<LineChart> planes() {
        LineChart plane = new LineChart(
                "diversity over quality",
                "From iteration to iteration; the dot is the last.",
                all.stream().map(repeats -> repeats.curve(Comparison::plane)).toList());
        return plane.empty() ? List.of() : List.of(plane);
    }

    /** Quality and diversity at the iterations at which both were measured. */
    private static SortedMap<Double, Series.Point> plane(RunData run) {
        SortedMap<Double, Series.Point> points = new TreeMap<>();
        SortedMap<Double, Series.Point> diversity = score(run, ScoreKind.DIVERSITY);
        score(run, ScoreKind.QUALITY).forEach((step, quality) -> {
            Series.Point other = diversity.get(step);
            if (other != null) {
                points.put(step, new Series.Point(quality.y(), other.y()));
            }
        });
        return points;
    }

    private static SortedMap<Double, Series.Point> score(RunData run, ScoreKind kind) {
        return run.scores().stream()
                .filter(s -> s.name().startsWith(kind.title() + "["))
                .findFirst()
                .map(Comparison::byIteration)
                .orElseGet(TreeMap::new);
    }

    private String page(List<LineChart> scores, List<LineChart> planes, List<LineChart> numbers) {
        Html html = new Html();
        String names = all.stream().map(Repeats::name).collect(Collectors.joining(" · "));
        html.open("Comparison").element("h1", "Comparison").raw("<p class=\"state\">");
        html.text(names).raw("</p>\n");
        if (all.stream().anyMatch(Repeats::several)) {
            html.raw("<p class=\"note\">").text(SEEDS).raw("</p>\n");
        }
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
        all.forEach(r -> html.raw("<th>").text(r.name()).raw("</th>"));
        html.raw("</tr></thead><tbody>\n");
        for (LineChart score : scores) {
            html.row(
                    score.title(),
                    all.stream()
                            .map(r -> last(curve(r, score.title(), RunData::scores)))
                            .toArray(String[]::new));
        }
        html.raw("</tbody></table>\n");
    }

    private static String last(Series score) {
        int last = score.points().size() - 1;
        if (last < 0) {
            return "";
        }
        Series.Point mean = score.points().get(last);
        if (score.repeats().isEmpty()) {
            return String.format(Locale.ROOT, "%.4g (at %.0f)", mean.y(), mean.x());
        }
        DoubleSummaryStatistics range =
                score.repeats(last).stream().collect(Collectors.summarizingDouble(Series.Point::y));
        return String.format(
                Locale.ROOT, "%.4g (%.4g to %.4g at %.0f)", mean.y(), range.getMin(), range.getMax(), mean.x());
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
