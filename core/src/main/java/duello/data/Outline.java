package duello.data;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.StringTokenizer;

/** Shapes written down shortly, in the units of {@link Canvas}. */
final class Outline {
    private Outline() {}

    /**
     * A path in the letters of SVG's path data, absolute coordinates only: {@code M x y}, {@code L x y}, {@code Q x1 y1
     * x y}, {@code C x1 y1 x2 y2 x y}, {@code Z}; all separated by spaces.
     */
    static Path2D path(String data) {
        Path2D path = new Path2D.Double();
        StringTokenizer in = new StringTokenizer(data);
        while (in.hasMoreTokens()) {
            String letter = in.nextToken();
            switch (letter) {
                case "M" -> path.moveTo(number(in), number(in));
                case "L" -> path.lineTo(number(in), number(in));
                case "Q" -> path.quadTo(number(in), number(in), number(in), number(in));
                case "C" -> path.curveTo(number(in), number(in), number(in), number(in), number(in), number(in));
                case "Z" -> path.closePath();
                default -> throw new IllegalArgumentException("no such path letter: " + letter);
            }
        }
        return path;
    }

    private static double number(StringTokenizer in) {
        return Double.parseDouble(in.nextToken());
    }

    static Ellipse2D ellipse(double x, double y, double radiusX, double radiusY) {
        return new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY);
    }

    static Ellipse2D circle(double x, double y, double radius) {
        return ellipse(x, y, radius, radius);
    }

    /** A rectangle from its left upper to its right lower corner, with rounded corners. */
    static RoundRectangle2D box(double left, double top, double right, double bottom, double radius) {
        return new RoundRectangle2D.Double(left, top, right - left, bottom - top, 2 * radius, 2 * radius);
    }
}
