package duello.catalog;

/**
 * One line of a shelf's list: the name that a recipe writes as {@code type:} and the record that holds the settings.
 *
 * <p>{@code List.of(entry("r1", R1.class), entry("gradient_penalty", GradientPenalty.class))}: greppable, ordered, no
 * scanning of the class path.
 *
 * @param name the {@code type:} of the recipe, lower case with underscores
 * @param type a record; its components, annotated with {@link Doc}, {@link Default} and {@link Range}, are its settings
 * @param <T> what every entry of the shelf is
 */
public record Entry<T>(String name, Class<? extends T> type) {
    public Entry {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is not a record, so it cannot be catalogued");
        }
    }

    public static <T> Entry<T> entry(String name, Class<? extends T> type) {
        return new Entry<>(name, type);
    }
}
