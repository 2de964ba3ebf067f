package duello.studio.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Contours and surfaces of fields whose pictures are known. */
class FieldPicturesTest {
    private static final double[] AXIS = {-1, -0.5, 0, 0.5, 1};
    private static final Axis RANGE = new Axis(0, 16, 4);

    private interface Height {
        double at(double x, double y);
    }

    private static Field field(Height height) {
        double[] values = new double[25];
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 5; column++) {
                values[row * 5 + column] = height.at(AXIS[column], AXIS[row]);
            }
        }
        return new Field(AXIS, values);
    }

    /** The ends of every stroke of all lines: x, y, x, y. */
    private static List<double[]> strokes(String svg) {
        Matcher m = Pattern.compile("M([\\d.]+) ([\\d.]+)L([\\d.]+) ([\\d.]+)").matcher(svg);
        List<double[]> strokes = new ArrayList<>();
        while (m.find()) {
            double[] ends = new double[4];
            for (int i = 0; i < 4; i++) {
                ends[i] = Double.parseDouble(m.group(i + 1));
            }
            strokes.add(ends);
        }
        return strokes;
    }

    @Test
    void linesOfASlopeRunAcrossItEquallyFarApart() {
        String svg = new ContourPicture("slope", field((x, y) -> 8 * (x + 1)), RANGE).svg();
        List<double[]> strokes = strokes(svg);
        // 15 lines through 4 cells each; those that meet a column of the grid count in one of its cells only.
        assertThat(strokes).hasSize(15 * 4);
        assertThat(strokes).allSatisfy(s -> assertThat(s[0]).isCloseTo(s[2], within(0.2)));
        double[] places =
                strokes.stream().mapToDouble(s -> s[0]).sorted().distinct().toArray();
        assertThat(places[places.length - 1] - places[0]).isCloseTo(14 * 320.0 / 16, within(0.2));
    }

    @Test
    void linesOfABowlStayAtTheirHeight() {
        String svg = new ContourPicture("bowl", field((x, y) -> 8 * (x * x + y * y)), RANGE).svg();
        assertThat(strokes(svg)).isNotEmpty().allSatisfy(s -> {
            double x = (s[0] - 36) / 160 - 1;
            double y = (26 + 320 - s[1]) / 160 - 1;
            double height = 8 * (x * x + y * y);
            assertThat(height).isBetween(0.2, 16.0);
        });
    }

    @Test
    void whatIsHigherStandsHigherInASurface() {
        String low = new SurfacePicture("flat", field((x, y) -> 0), RANGE).svg();
        String high = new SurfacePicture("flat", field((x, y) -> 16), RANGE).svg();
        assertThat(top(low) - top(high)).isCloseTo(190, within(0.2));
        assertThat(low).contains("#440154");
        assertThat(high).contains("#fde725");
    }

    /** The highest point of a picture: the least y. */
    private static double top(String svg) {
        Matcher m = Pattern.compile("[\\d.]+,([\\d.]+) ").matcher(svg);
        double least = Double.POSITIVE_INFINITY;
        while (m.find()) {
            least = Math.min(least, Double.parseDouble(m.group(1)));
        }
        return least;
    }

    @Test
    void aPlaceWithoutAFiniteLossIsGreyAndHasNoHeight() {
        Field field = field((x, y) -> x == 1 && y == 1 ? Double.NaN : 4);
        assertThat(new ContourPicture("hole", field, RANGE).svg()).contains("#bbbbbb");
        assertThat(new SurfacePicture("hole", field, RANGE).svg().split("<polygon", -1))
                .hasSize(1 + 15);
        assertThat(Field.range(List.of(field)).place(4)).isBetween(0.0, 1.0);
    }
}
