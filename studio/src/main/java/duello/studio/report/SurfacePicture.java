package duello.studio.report;

import java.util.Locale;

/**
 * A field seen from the side and above, its values as heights.
 *
 * @param range of values that colours and heights stand for; what is above is cut off there
 */
record SurfacePicture(String title, Field field, Axis range) {
    private static final int WIDTH = 426;
    private static final int HEIGHT = 368;
    private static final double HALF = 190;
    private static final double DEPTH = 85;
    private static final double RISE = 190;
    private static final double FLOOR = 262;

    /** The picture as SVG. */
    String svg() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
                WIDTH,
                HEIGHT));
        out.append("<style>text{font:12px system-ui,sans-serif;fill:#6c7280}</style>"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text x=\"36\" y=\"16\">");
        out.append(Html.escaped(title)).append("</text>\n");
        int last = field.side() - 1;
        // The farthest first, so that what is nearer hides it.
        for (int far = 2 * (last - 1); far >= 0; far--) {
            for (int column = Math.max(0, far - last + 1); column <= Math.min(far, last - 1); column++) {
                tile(out, column, far - column);
            }
        }
        return out.append("</svg>\n").toString();
    }

    private void tile(StringBuilder out, int column, int row) {
        double mean = (field.at(column, row)
                        + field.at(column + 1, row)
                        + field.at(column, row + 1)
                        + field.at(column + 1, row + 1))
                / 4;
        if (Double.isNaN(mean)) {
            return;
        }
        out.append("<polygon points=\"")
                .append(corner(column, row))
                .append(corner(column + 1, row))
                .append(corner(column + 1, row + 1))
                .append(corner(column, row + 1))
                .append(String.format(
                        Locale.ROOT,
                        "\" fill=\"%s\" stroke=\"#23262d\" stroke-opacity=\"0.25\" stroke-width=\"0.5\"/>%n",
                        ColourScale.of(range.place(mean))));
    }

    /** The corner of the grid that is nearest has the least column and row. */
    private String corner(int column, int row) {
        double x = (double) column / (field.side() - 1);
        double y = (double) row / (field.side() - 1);
        double height = Math.max(0, Math.min(1, range.place(field.at(column, row))));
        return String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                WIDTH / 2.0 + (x - y) * HALF,
                FLOOR + DEPTH - (x + y) * DEPTH - height * RISE + DEPTH / 4);
    }
}
