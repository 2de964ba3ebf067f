package duello.studio.report;

import duello.analysis.Analyses;
import duello.io.AtomicFiles;
import duello.studio.run.Machine;
import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes {@code report.html} of a run: one file that needs nothing else, neither beside it nor from the network. */
public final class Report {
    private static final String[] PLAYERS = {"discriminator", "generator"};

    private final RunData data;
    private final Html html = new Html();

    private Report(RunData data) {
        this.data = data;
    }

    /** Writes the report of what the run's folder holds now, replacing an older one. */
    public static void write(RunFolder folder) {
        String page = new Report(RunData.read(folder)).page();
        AtomicFiles.write(folder.report(), page.getBytes(StandardCharsets.UTF_8));
    }

    private String page() {
        html.open(data.info().name());
        head();
        scores();
        new Gallery(data.samples()).write(html);
        curves();
        analyses();
        settings();
        return html.close();
    }

    private void head() {
        RunInfo info = data.info();
        html.element("h1", info.name());
        html.raw("<p class=\"state " + info.state().name().toLowerCase(Locale.ROOT) + "\">")
                .text(info.state().name().toLowerCase(Locale.ROOT) + " at iteration " + info.step() + " · "
                        + info.context().data().name() + ", "
                        + info.context().data().images() + " images of "
                        + info.context().data().resolution() + " px, "
                        + info.context().data().classes().size() + " class(es)")
                .raw("</p>\n");
        if (info.reason() != null) {
            html.raw("<p class=\"reason\">").text(info.reason()).raw("</p>\n");
        }
    }

    private void scores() {
        if (data.scores().isEmpty()) {
            return;
        }
        html.raw("<h2>Scores</h2>\n<table><thead><tr><th>score</th><th>first</th><th>last</th>")
                .raw("<th>how it was measured</th></tr></thead><tbody>\n");
        for (Series s : data.scores()) {
            Series.Point first = s.points().get(0);
            Series.Point last = s.points().get(s.points().size() - 1);
            html.row(s.name(), value(first), value(last), data.protocols().getOrDefault(s.name(), ""));
        }
        html.raw("</tbody></table>\n");
        charts(data.scores().stream().filter(s -> s.points().size() > 2).map(s -> new LineChart(s.name(), List.of(s))));
    }

    private static String value(Series.Point point) {
        return String.format(Locale.ROOT, "%.4g (at %.0f)", point.y(), point.x());
    }

    private void curves() {
        html.raw("<h2>Losses</h2>\n");
        charts(Stream.of(PLAYERS)
                .map(player -> new LineChart(
                        player,
                        data.losses().stream()
                                .filter(s -> s.name().startsWith(player + "."))
                                .map(s -> new Series(s.name().substring(player.length() + 1), s.points()))
                                .toList())));
        List<Series> others = data.losses().stream()
                .filter(s -> Stream.of(PLAYERS).noneMatch(p -> s.name().startsWith(p + ".")))
                .filter(s -> Analyses.PLOTS.stream().noneMatch(p -> p.shows(s.name())))
                .toList();
        charts(Stream.of(new LineChart("others", others)));
    }

    private void analyses() {
        List<LineChart> charts = Analyses.PLOTS.stream()
                .map(plot -> new LineChart(
                        plot.title(),
                        plot.sentence(),
                        data.losses().stream()
                                .filter(s -> plot.shows(s.name()))
                                .map(s -> new Series(plot.curve(s.name()), s.points()))
                                .toList()))
                .filter(chart -> !chart.empty())
                .toList();
        if (!charts.isEmpty()) {
            html.raw("<h2>Analyses</h2>\n");
            charts(charts.stream());
        }
    }

    private void charts(Stream<LineChart> charts) {
        html.raw("<div class=\"charts\">\n");
        charts.filter(c -> !c.empty()).forEach(c -> c.write(html));
        html.raw("</div>\n");
    }

    private void settings() {
        RunInfo.Context context = data.info().context();
        Machine machine = context.machine();
        html.raw("<h2>Settings</h2>\n<pre>").text(data.recipe()).raw("</pre>\n");
        html.raw("<h2>Surroundings</h2>\n<table><tbody>\n")
                .row("started", data.info().start())
                .row(
                        "ended",
                        String.valueOf(Objects.requireNonNullElse(data.info().end(), "not yet")))
                .row("seed", Long.toString(context.seed()))
                .row("device", context.device())
                .row(
                        "data",
                        context.data().name() + ", fingerprint "
                                + context.data().fingerprint())
                .row("classes", String.join(", ", context.data().classes()))
                .row("Duello", machine.duello())
                .row("libtorch", machine.libtorch() + ", " + machine.cpu() + ", " + machine.threads() + " threads")
                .row("Java", machine.java())
                .row("system", machine.system())
                .row("variables", machine.variables().toString())
                .raw("</tbody></table>\n");
    }
}
