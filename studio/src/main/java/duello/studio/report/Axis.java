package duello.studio.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear scale between two round numbers.
 *
 * @param step between two ticks
 */
record Axis(double low, double high, double step) {
    private static final int TICKS = 5;

    /** The scale that holds {@code from .. to}. */
    static Axis over(double from, double to) {
        double span = to > from ? to - from : Math.max(Math.abs(from), 1) * 0.2;
        double middle = to > from ? from : from - span / 2;
        double rough = span / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
        double low = Math.floor(middle / step) * step;
        return new Axis(low, Math.max(low + step, Math.ceil((middle + span) / step - 1e-9) * step), step);
    }

    /** Where a value lies: 0 at the low end, 1 at the high one. */
    double place(double value) {
        return (value - low) / (high - low);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; low + i * step <= high + step / 2; i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    /** A tick as text, with as many digits as ticks differ in. */
    String label(double tick) {
        int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        if (digits > 4) {
            return String.format(Locale.ROOT, "%.1e", tick);
        }
        if (Math.abs(tick) >= 10_000 && digits == 0) {
            return String.format(Locale.ROOT, "%.4gk", tick / 1000).replaceFirst("\\.?0+k", "k");
        }
        return String.format(Locale.ROOT, "%." + digits + "f", Math.abs(tick) < step / 2 ? 0 : tick);
    }
}
