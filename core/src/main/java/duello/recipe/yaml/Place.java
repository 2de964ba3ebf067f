package duello.recipe.yaml;

import java.util.Comparator;

/**
 * Where something was written.
 *
 * @param source a file, a shipped recipe's name, or {@code command line}
 * @param line counted from 1; 0 where lines mean nothing
 * @param column counted from 1; 0 where columns mean nothing
 */
public record Place(String source, int line, int column) {
    public static final Comparator<Place> IN_SOURCE =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    /** A source without lines. */
    public static Place of(String source) {
        return new Place(source, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? source + ":" : source + ":" + line + ":" + column;
    }
}
