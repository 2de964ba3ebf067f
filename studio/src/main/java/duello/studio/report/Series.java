package duello.studio.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A named quantity over iterations.
 *
 * @param points in the order of iterations, all finite
 */
record Series(String name, List<Point> points) {
    /** A value at an iteration. */
    record Point(double x, double y) {}

    Series {
        points = points.stream()
                .filter(p -> Double.isFinite(p.x) && Double.isFinite(p.y))
                .toList();
    }

    /** At most {@code most} points: the means of neighbours, when there are more. */
    Series thinned(int most) {
        if (points.size() <= most) {
            return this;
        }
        List<Point> means = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            int from = (int) ((long) i * points.size() / most);
            int to = (int) ((long) (i + 1) * points.size() / most);
            List<Point> part = points.subList(from, to);
            means.add(new Point(
                    part.stream().mapToDouble(Point::x).average().orElse(0),
                    part.stream().mapToDouble(Point::y).average().orElse(0)));
        }
        return new Series(name, means);
    }
}
