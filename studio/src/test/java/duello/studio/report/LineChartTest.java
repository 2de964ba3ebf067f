package duello.studio.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a chart of many curves looks like. */
class LineChartTest {
    private static LineChart of(int curves) {
        return new LineChart(
                "chart",
                IntStream.range(0, curves)
                        .mapToObj(
                                i -> new Series("curve " + i, List.of(new Series.Point(0, i), new Series.Point(1, i))))
                        .toList());
    }

    @Test
    void noTwoOfSixteenCurvesLookAlike() {
        String picture = of(16).picture();
        Html page = new Html();
        of(16).write(page);
        for (int i = 0; i < 8; i++) {
            for (String look : List.of("s" + i, "s" + i + " more")) {
                assertThat(picture).containsOnlyOnce("<polyline class=\"" + look + "\"");
                assertThat(page.toString()).containsOnlyOnce("<i class=\"" + look + "\"></i>");
            }
        }
    }
}
