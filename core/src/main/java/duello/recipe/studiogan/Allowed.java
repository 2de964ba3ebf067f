package duello.recipe.studiogan;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that a key may have.
 *
 * @param text as the table says it: {@code hinge, vanilla}, {@code at least 1}, {@code above 0}, {@code 0 to 1}, {@code
 *     above 0 to 1}; empty for all
 */
record Allowed(String text) {
    private static final Pattern BOUNDS =
            Pattern.compile("(?:at least (-?[0-9.]+))|(?:(above )?(-?[0-9.]+)(?: to (-?[0-9.]+))?)");

    /** The words among which to choose. */
    List<String> words() {
        return Arrays.asList(text.split(", "));
    }

    /** Whether a number lies within the bounds. */
    boolean holds(BigDecimal number) {
        if (text.isEmpty()) {
            return true;
        }
        Matcher bounds = BOUNDS.matcher(text);
        if (!bounds.matches()) {
            throw new IllegalStateException("no bounds: " + text);
        }
        String lower = bounds.group(1) == null ? bounds.group(3) : bounds.group(1);
        int low = compared(number, lower, 1);
        return (bounds.group(2) == null ? low >= 0 : low > 0) && compared(number, bounds.group(4), -1) <= 0;
    }

    private static int compared(BigDecimal number, @Nullable String bound, int without) {
        return bound == null ? without : number.compareTo(new BigDecimal(bound));
    }
}
