package duello.studio.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.studio.report.Series.Point;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Means of repeated curves and the band that the repeats fill. */
class SeriesTest {
    private static List<Point> points(double... coordinates) {
        return IntStream.range(0, coordinates.length / 2)
                .mapToObj(i -> new Point(coordinates[2 * i], coordinates[2 * i + 1]))
                .toList();
    }

    private static final Series THREE =
            Series.mean("three", List.of(points(0, 1, 1, 2, 2, 5), points(0, 3, 1, 0, 2, 5), points(0, 2, 1, 1, 2, 5)));

    @Test
    void theMeanIsTakenPointByPoint() {
        assertThat(THREE.points()).isEqualTo(points(0, 2, 1, 1, 2, 5));
    }

    @Test
    void overIterationsTheBandReachesFromTheLeastToTheGreatest() {
        assertThat(THREE.band()).containsExactly(points(0, 1, 1, 0, 1, 2, 0, 3), points(1, 0, 2, 5, 1, 2));
    }

    @Test
    void aCurveThatIsNoMeanHasNoBand() {
        assertThat(Series.mean("one", List.of(points(0, 1, 1, 2))).band()).isEmpty();
        assertThat(new Series("one", points(0, 1, 1, 2)).band()).isEmpty();
    }

    @Test
    void whereBothCoordinatesVaryTheBandHoldsEveryCurve() {
        List<Point> one = points(0, 0, 4, 1);
        List<Point> other = points(1, 3, 2, 2);
        assertThat(Series.mean("both", List.of(one, other)).band()).containsExactly(points(0, 0, 4, 1, 1, 3));
    }

    @Test
    void cornersOfAHullGoRoundInOneSenseWhateverTheOrder() {
        List<Point> square = points(0, 0, 2, 0, 2, 2, 0, 2);
        Stream<Point> shuffled = points(1, 1, 2, 2, 0, 0, 1, 0, 0, 2, 2, 0, 2, 2).stream();
        assertThat(Hull.of(shuffled)).isEqualTo(square);
        assertThat(Hull.of(points(1, 1, 1, 1).stream())).isEqualTo(points(1, 1));
        assertThat(Hull.of(points(0, 0, 2, 2, 1, 1).stream())).isEqualTo(points(0, 0, 2, 2));
    }

    @Test
    void thinnedIsTheMeanOfThinnedRepeats() {
        List<List<Point>> waves = List.of(wave(0), wave(1));
        Series thin = Series.mean("waves", waves).thinned(10);
        assertThat(thin.points()).hasSize(10);
        IntStream.range(0, 10)
                .forEach(i -> assertThat(thin.points().get(i).y())
                        .isCloseTo(Point.mean(thin.repeats(i)).y(), within(1e-12)));
    }

    private static List<Point> wave(int phase) {
        return IntStream.range(0, 95)
                .mapToObj(i -> new Point(i, Math.sin(i + phase)))
                .toList();
    }
}
