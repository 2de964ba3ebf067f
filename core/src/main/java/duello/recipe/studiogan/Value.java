package duello.recipe.studiogan;

import duello.recipe.yaml.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a key is set to.
 *
 * @param place where, or the top of the file for a default
 * @param written whether the file says it
 * @param content a String, Boolean, Integer, BigDecimal, a List of Strings or Integers, or a {@link Missing}
 */
record Value(Place place, boolean written, Object content) {
    /** Why there is no value. */
    enum Missing {
        /** "N/A". */
        UNSET,
        /** YAML's null. */
        NULL,
        /** What is written cannot be read. */
        BROKEN
    }

    boolean present() {
        return !(content instanceof Missing);
    }

    boolean broken() {
        return content == Missing.BROKEN;
    }

    /** As a recipe would write it. */
    String text() {
        if (content instanceof BigDecimal number) {
            return number.abs().compareTo(new BigDecimal("1e-3")) < 0 && number.signum() != 0
                    ? number.toString().replace('E', 'e')
                    : number.toPlainString();
        }
        if (content instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        }
        return content == Missing.UNSET ? "N/A" : content == Missing.NULL ? "null" : content.toString();
    }
}
