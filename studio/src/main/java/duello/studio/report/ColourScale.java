package duello.studio.report;

import java.util.Locale;

/** Colours from dark blue over green to yellow, evenly bright steps for even steps of a value. */
final class ColourScale {
    private static final int[][] STOPS = {
        {68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37},
    };

    private ColourScale() {}

    /** The colour of a share from 0 to 1; what is outside has the colour of the end. */
    static String of(double share) {
        if (Double.isNaN(share)) {
            return "#bbbbbb";
        }
        double place = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
        int below = Math.min(STOPS.length - 2, (int) place);
        double rest = place - below;
        int[] colour = new int[3];
        for (int i = 0; i < 3; i++) {
            colour[i] = (int) Math.round(STOPS[below][i] * (1 - rest) + STOPS[below + 1][i] * rest);
        }
        return String.format(Locale.ROOT, "#%02x%02x%02x", colour[0], colour[1], colour[2]);
    }
}
