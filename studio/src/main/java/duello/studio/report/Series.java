package duello.studio.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A named quantity over iterations.
 *
 * @param points in the order of iterations, all finite
 * @param repeats what {@code points} are the mean of, as many points each; empty where there is nothing but the points
 */
record Series(String name, List<Point> points, List<List<Point>> repeats) {
    /** A value at an iteration. */
    record Point(double x, double y) {
        static Point mean(List<Point> points) {
            return new Point(
                    points.stream().mapToDouble(Point::x).average().orElse(0),
                    points.stream().mapToDouble(Point::y).average().orElse(0));
        }
    }

    Series {
        points = points.stream()
                .filter(p -> Double.isFinite(p.x) && Double.isFinite(p.y))
                .toList();
        repeats = List.copyOf(repeats);
    }

    /** One that is no mean. */
    Series(String name, List<Point> points) {
        this(name, points, List.of());
    }

    /** The mean of repeats, at least one, of as many finite points each. */
    static Series mean(String name, List<List<Point>> repeats) {
        if (repeats.size() == 1) {
            return new Series(name, repeats.get(0));
        }
        List<Point> means = IntStream.range(0, repeats.get(0).size())
                .mapToObj(i -> Point.mean(at(i, repeats)))
                .toList();
        return new Series(name, means, repeats);
    }

    private static List<Point> at(int index, List<List<Point>> repeats) {
        return repeats.stream().map(r -> r.get(index)).toList();
    }

    /** All that a picture has to have room for. */
    Stream<Point> all() {
        return Stream.concat(points.stream(), repeats.stream().flatMap(List::stream));
    }

    /** The repeats' points at an iteration, counted from the first that there is. */
    List<Point> repeats(int index) {
        return at(index, repeats);
    }

    /**
     * The band that holds the repeats, as pieces: one from each iteration to the next, convex. Over iterations it reaches from
     * the least to the greatest.
     */
    List<List<Point>> band() {
        if (repeats.isEmpty()) {
            return List.of();
        }
        return IntStream.range(1, points.size())
                .mapToObj(i -> Hull.of(Stream.concat(repeats(i - 1).stream(), repeats(i).stream())))
                .toList();
    }

    /** At most {@code most} points: the means of neighbours, when there are more. */
    Series thinned(int most) {
        return points.size() <= most
                ? this
                : new Series(
                        name,
                        thinned(points, most),
                        repeats.stream().map(r -> thinned(r, most)).toList());
    }

    private static List<Point> thinned(List<Point> points, int most) {
        List<Point> means = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            int from = (int) ((long) i * points.size() / most);
            int to = (int) ((long) (i + 1) * points.size() / most);
            means.add(Point.mean(points.subList(from, to)));
        }
        return means;
    }
}
