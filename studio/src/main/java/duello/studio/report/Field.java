package duello.studio.report;

import java.util.Arrays;
import java.util.List;

/**
 * Values on a square grid.
 *
 * @param axis the places along both axes
 * @param values row by row, the y axis upwards; NaN where there is none
 */
record Field(double[] axis, double[] values) {
    private static final double HIGHEST_SHOWN = 0.95;

    int side() {
        return axis.length;
    }

    double at(int column, int row) {
        return values[row * axis.length + column];
    }

    /**
     * The range of colours and heights that suits several fields: from the least value to that which 95 % are below, so
     * that a steep rim does not flatten the middle.
     */
    static Axis range(List<Field> fields) {
        double[] all = fields.stream()
                .flatMapToDouble(f -> Arrays.stream(f.values))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return all.length == 0 ? Axis.over(0, 1) : Axis.over(all[0], all[(int) (HIGHEST_SHOWN * (all.length - 1))]);
    }
}
