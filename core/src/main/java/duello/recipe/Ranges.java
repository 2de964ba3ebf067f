package duello.recipe;

import duello.catalog.Range;

/** Says and checks ranges. */
final class Ranges {
    private Ranges() {}

    static boolean allows(Range range, double value) {
        boolean high = range.above() ? value > range.min() : value >= range.min();
        return high && value <= range.max();
    }

    /** {@code at least 1}, {@code above 0}, {@code at most 1}, {@code 0 to 1}, {@code above 0, at most 1}. */
    static String words(Range range) {
        boolean below = range.min() != Double.NEGATIVE_INFINITY;
        boolean above = range.max() != Double.POSITIVE_INFINITY;
        if (below && above && !range.above()) {
            return Numbers.text(range.min()) + " to " + Numbers.text(range.max());
        }
        String low = below ? (range.above() ? "above " : "at least ") + Numbers.text(range.min()) : "";
        String high = above ? "at most " + Numbers.text(range.max()) : "";
        return low + (below && above ? ", " : "") + high;
    }
}
