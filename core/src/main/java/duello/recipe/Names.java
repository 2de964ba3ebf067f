package duello.recipe;

import java.util.Locale;

/** Java's names as recipes write them. */
final class Names {
    private Names() {}

    /** {@code spectralNorm} as {@code spectral_norm}. */
    static String key(String component) {
        StringBuilder key = new StringBuilder();
        for (char c : component.toCharArray()) {
            if (Character.isUpperCase(c) && !key.isEmpty()) {
                key.append('_');
            }
            key.append(Character.toLowerCase(c));
        }
        return key.toString();
    }

    /** {@code LEAKY_RELU} as {@code leaky_relu}. */
    static String constant(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
