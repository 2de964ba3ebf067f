package duello.studio.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The smallest convex polygon around points. */
final class Hull {
    private Hull() {}

    /** Its corners, all hulls' in the same sense of rotation; fewer than three where the points are on a line. */
    static List<Series.Point> of(Stream<Series.Point> points) {
        List<Series.Point> sorted = points.distinct()
                .sorted(Comparator.comparingDouble(Series.Point::x).thenComparingDouble(Series.Point::y))
                .toList();
        if (sorted.size() < 3) {
            return sorted;
        }
        List<Series.Point> corners = new ArrayList<>(side(sorted));
        List<Series.Point> back = new ArrayList<>(sorted);
        Collections.reverse(back);
        corners.addAll(side(back));
        return corners;
    }

    /** From the first point to the last, which is left out, with all others on the left. */
    private static List<Series.Point> side(List<Series.Point> points) {
        List<Series.Point> kept = new ArrayList<>();
        for (Series.Point p : points) {
            while (kept.size() > 1 && !turnsLeft(kept.get(kept.size() - 2), kept.get(kept.size() - 1), p)) {
                kept.remove(kept.size() - 1);
            }
            kept.add(p);
        }
        return kept.subList(0, kept.size() - 1);
    }

    private static boolean turnsLeft(Series.Point a, Series.Point b, Series.Point c) {
        return (b.x() - a.x()) * (c.y() - a.y()) > (b.y() - a.y()) * (c.x() - a.x());
    }
}
