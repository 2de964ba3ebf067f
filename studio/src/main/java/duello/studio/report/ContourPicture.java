package duello.studio.report;

import java.util.Locale;

/**
 * A field from above: coloured cells, and lines of equal value through them (marching squares).
 *
 * @param range of values that colours and lines stand for
 */
record ContourPicture(String title, Field field, Axis range) {
    private static final int SIZE = 320;
    private static final int LEFT = 36;
    private static final int TOP = 26;
    private static final int BOTTOM = 22;
    private static final int LINES = 16;

    /** The picture as SVG. */
    String svg() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
                LEFT + SIZE + 70,
                TOP + SIZE + BOTTOM));
        out.append("<style>text{font:12px system-ui,sans-serif;fill:#6c7280}</style>"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text(out, LEFT, 16, "start", title);
        cells(out);
        for (int i = 1; i < LINES; i++) {
            line(out, range.low() + i * (range.high() - range.low()) / LINES);
        }
        axes(out);
        key(out);
        return out.append("</svg>\n").toString();
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String text) {
        out.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor))
                .append(Html.escaped(text))
                .append("</text>\n");
    }

    private double x(double column) {
        return LEFT + SIZE * column / (field.side() - 1);
    }

    private double y(double row) {
        return TOP + SIZE - SIZE * row / (field.side() - 1);
    }

    /** Each cell has the colour of the mean of its corners. */
    private void cells(StringBuilder out) {
        double side = (double) SIZE / (field.side() - 1);
        for (int row = 0; row + 1 < field.side(); row++) {
            for (int column = 0; column + 1 < field.side(); column++) {
                double mean = (field.at(column, row)
                                + field.at(column + 1, row)
                                + field.at(column, row + 1)
                                + field.at(column + 1, row + 1))
                        / 4;
                out.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                        x(column),
                        y(row + 1.0),
                        side + 0.4,
                        side + 0.4,
                        ColourScale.of(range.place(mean))));
            }
        }
    }

    /** Where the field has a value: a stroke through every cell that it passes. */
    private void line(StringBuilder out, double level) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row + 1 < field.side(); row++) {
            for (int column = 0; column + 1 < field.side(); column++) {
                new Crossings(column, row, level).strokes(path);
            }
        }
        if (path.length() > 0) {
            out.append("<path fill=\"none\" stroke=\"#fff\" stroke-opacity=\"0.75\" d=\"")
                    .append(path)
                    .append("\"/>\n");
        }
    }

    /** The places on one cell's edges where a level is crossed, taken two by two on the way round. */
    private final class Crossings {
        private final int column;
        private final int row;
        private final double level;
        private final StringBuilder points = new StringBuilder();
        private int count;

        Crossings(int column, int row, double level) {
            this.column = column;
            this.row = row;
            this.level = level;
        }

        void strokes(StringBuilder path) {
            edge(column, row, column + 1, row);
            edge(column + 1, row, column + 1, row + 1);
            edge(column + 1, row + 1, column, row + 1);
            edge(column, row + 1, column, row);
            path.append(points);
        }

        private void edge(int c0, int r0, int c1, int r1) {
            double from = field.at(c0, r0);
            double to = field.at(c1, r1);
            if (from < level == to < level || Double.isNaN(from) || Double.isNaN(to)) {
                return;
            }
            double share = (level - from) / (to - from);
            points.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    count++ % 2 == 0 ? "M" : "L",
                    x(c0 + share * (c1 - c0)),
                    y(r0 + share * (r1 - r0))));
        }
    }

    private void axes(StringBuilder out) {
        int last = field.side() - 1;
        for (int i : new int[] {0, last / 2, last}) {
            String label = String.format(Locale.ROOT, "%.3g", field.axis()[i]);
            text(out, x(i), TOP + SIZE + 15, "middle", label);
            text(out, LEFT - 5, y(i) + 4, "end", label);
        }
        out.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"#fff\" stroke=\"#23262d\"/>%n",
                x(last / 2.0),
                y(last / 2.0)));
    }

    private void key(StringBuilder out) {
        for (int i = 0; i < LINES; i++) {
            double height = (double) SIZE / LINES;
            out.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%.1f\" width=\"12\" height=\"%.1f\" fill=\"%s\"/>%n",
                    LEFT + SIZE + 10,
                    TOP + SIZE - (i + 1) * height,
                    height + 0.4,
                    ColourScale.of((i + 0.5) / LINES)));
        }
        for (double tick : range.ticks()) {
            text(out, LEFT + SIZE + 26, TOP + SIZE - SIZE * range.place(tick) + 4, "start", range.label(tick));
        }
    }
}
