package duello.studio.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Curves, those of repeats in a band, as an SVG picture, inside a page and coloured by its style, or alone. A curve's classes are
 * {@code s0} to {@code s7}; the ninth has {@code s0 more}, which is the first one's colour dashed, and so on.
 *
 * @param title what it shows
 * @param note how to read it, in a sentence; empty for nothing
 * @param series the curves; those without points are left out
 */
record LineChart(String title, String note, List<Series> series) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int LEFT = 56;
    private static final int RIGHT = 20;
    private static final int TOP = 10;
    private static final int BOTTOM = 26;
    private static final int MOST_POINTS = 400;
    private static final int LEGEND_LINE = 18;
    private static final String[] INK = {
        "#3856a8", "#d2542c", "#2c8a57", "#8a4fb0", "#b5872b", "#1f8a99", "#c23f78", "#6a6f7a"
    };
    private static final int COLOURS = INK.length;

    LineChart {
        series = series.stream()
                .filter(s -> !s.points().isEmpty())
                .map(s -> s.thinned(MOST_POINTS))
                .toList();
    }

    /** A chart that needs no explanation. */
    LineChart(String title, List<Series> series) {
        this(title, "", series);
    }

    /** Whether there is anything to draw. */
    boolean empty() {
        return series.isEmpty();
    }

    /** Adds the chart with its legend to a page. */
    void write(Html html) {
        Axis x = axis(Series.Point::x);
        Axis y = axis(Series.Point::y);
        html.raw("<figure class=\"chart\"><figcaption>").text(title).raw("</figcaption>\n");
        html.raw(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT));
        html.raw("<title>").text(title).raw("</title>\n");
        draw(html, x, y);
        html.raw("</svg>\n");
        legend(html);
        if (!note.isEmpty()) {
            html.raw("<p class=\"note\">").text(note).raw("</p>\n");
        }
        html.raw("</figure>\n");
    }

    private static String look(int index) {
        return "s" + index % COLOURS + (index < COLOURS ? "" : " more");
    }

    private void draw(Html html, Axis x, Axis y) {
        grid(html, x, y);
        for (int i = 0; i < series.size(); i++) {
            band(html, series.get(i), look(i), x, y);
        }
        for (int i = 0; i < series.size(); i++) {
            curve(html, series.get(i), look(i), x, y);
        }
    }

    /** The chart as a picture of its own, with title and legend, on white. */
    String picture() {
        Html html = new Html();
        int below = LEGEND_LINE * (series.size() + 1);
        html.raw(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 %d %d %d\" role=\"img\">%n",
                -LEGEND_LINE,
                WIDTH,
                HEIGHT + below + LEGEND_LINE));
        html.raw(pictureStyle());
        html.raw(String.format(
                Locale.ROOT, "<rect y=\"%d\" width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>", -LEGEND_LINE));
        html.raw(String.format(Locale.ROOT, "<text class=\"title\" x=\"%d\" y=\"-3\">", LEFT));
        html.text(title).raw("</text>\n");
        draw(html, axis(Series.Point::x), axis(Series.Point::y));
        for (int i = 0; i < series.size(); i++) {
            int y = HEIGHT + LEGEND_LINE * (i + 1);
            html.raw(String.format(
                    Locale.ROOT,
                    "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/><text x=\"%d\" y=\"%d\">",
                    look(i),
                    LEFT + 4,
                    y - 4,
                    LEFT + 14,
                    y));
            html.text(series.get(i).name()).raw("</text>\n");
        }
        return html.raw("</svg>\n").toString();
    }

    private static String pictureStyle() {
        StringBuilder style = new StringBuilder("<style>text{font:12px system-ui,sans-serif;fill:#6c7280}"
                + ".title{font-weight:600;fill:#23262d}.grid{stroke:#e4e2dc}"
                + "polyline{fill:none;stroke-width:1.8;stroke-linejoin:round}.band{fill-opacity:0.16}"
                + "polyline.more{stroke-dasharray:6 4}");
        for (int i = 0; i < COLOURS; i++) {
            style.append(String.format(
                    Locale.ROOT,
                    "polyline.s%1$d,circle.s%1$d{stroke:%2$s}circle.s%1$d,.band.s%1$d{fill:%2$s}",
                    i,
                    INK[i]));
        }
        return style.append("circle.more{fill:#fff}</style>\n").toString();
    }

    private Axis axis(ToDoubleFunction<Series.Point> of) {
        DoubleSummaryStatistics range = series.stream().flatMap(Series::all).collect(Collectors.summarizingDouble(of));
        return Axis.over(range.getMin(), range.getMax());
    }

    private static double left(Axis x, double value) {
        return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double top(Axis y, double value) {
        return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static void grid(Html html, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            double at = top(y, tick);
            html.raw(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    at,
                    at,
                    LEFT - 6,
                    at + 4,
                    y.label(tick)));
        }
        for (double tick : x.ticks()) {
            html.raw(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    left(x, tick),
                    HEIGHT - 8,
                    x.label(tick)));
        }
    }

    private static String places(List<Series.Point> points, Axis x, Axis y) {
        return points.stream()
                .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", left(x, p.x()), top(y, p.y())))
                .collect(Collectors.joining(" "));
    }

    /** One path, so that the shade is even where pieces overlap. */
    private static void band(Html html, Series series, String look, Axis x, Axis y) {
        List<List<Series.Point>> pieces = series.band();
        if (!pieces.isEmpty()) {
            html.raw("<path class=\"band " + look + "\" d=\""
                    + pieces.stream()
                            .map(piece -> "M" + places(piece, x, y) + "Z")
                            .collect(Collectors.joining())
                    + "\"/>\n");
        }
    }

    private static void curve(Html html, Series series, String look, Axis x, Axis y) {
        html.raw("<polyline class=\"" + look + "\" points=\"" + places(series.points(), x, y) + "\"/>");
        Series.Point last = series.points().get(series.points().size() - 1);
        html.raw(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>%n",
                look,
                left(x, last.x()),
                top(y, last.y())));
    }

    private void legend(Html html) {
        html.raw("<ul class=\"legend\">");
        for (int i = 0; i < series.size(); i++) {
            Series s = series.get(i);
            double last = s.points().get(s.points().size() - 1).y();
            html.raw("<li><i class=\"" + look(i) + "\"></i>")
                    .text(s.name())
                    .raw(" <b>")
                    .text(String.format(Locale.ROOT, "%.4g", last))
                    .raw("</b></li>");
        }
        html.raw("</ul>\n");
    }
}
