package duello.data;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Locale;
import java.util.Scanner;

/** Shapes written down shortly, in the units of {@link Canvas}. */
final class Outline {
    private Outline() {}

    /**
     * A path in the letters of SVG's path data, absolute coordinates only: {@code M x y}, {@code L x y}, {@code Q x1 y1
     * x y}, {@code C x1 y1 x2 y2 x y}, {@code Z}; all separated by spaces.
     */
    static Path2D path(String data) {
        Path2D path = new Path2D.Double();
        try (Scanner in = new Scanner(data).useLocale(Locale.ROOT)) {
            while (in.hasNext()) {
                String letter = in.next();
                switch (letter) {
                    case "M" -> path.moveTo(in.nextDouble(), in.nextDouble());
                    case "L" -> path.lineTo(in.nextDouble(), in.nextDouble());
                    case "Q" -> path.quadTo(in.nextDouble(), in.nextDouble(), in.nextDouble(), in.nextDouble());
                    case "C" ->
                        path.curveTo(
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble());
                    case "Z" -> path.closePath();
                    default -> throw new IllegalArgumentException("no such path letter: " + letter);
                }
            }
        }
        return path;
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
