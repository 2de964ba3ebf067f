package duello.recipe;

import duello.recipe.yaml.Nearest;
import duello.recipe.yaml.Tree.Scalar;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads single values: numbers, truth values, words, paths, choices. */
final class Scalars {
    /** Why a value cannot be read; continues the sentence {@code steps: "ten" ...}. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message);
        }
    }

    private interface Reading {
        Object of(Scalar scalar) throws Misfit;
    }

    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");
    private static final Map<Class<?>, Reading> READINGS = Map.of(
            int.class, s -> (int) whole(s, Integer.MIN_VALUE, Integer.MAX_VALUE),
            Integer.class, s -> (int) whole(s, Integer.MIN_VALUE, Integer.MAX_VALUE),
            long.class, s -> whole(s, Long.MIN_VALUE, Long.MAX_VALUE),
            Long.class, s -> whole(s, Long.MIN_VALUE, Long.MAX_VALUE),
            double.class, Scalars::number,
            Double.class, Scalars::number,
            boolean.class, Scalars::truth,
            Boolean.class, Scalars::truth,
            String.class, Scalar::text,
            Path.class, Scalars::path);

    private Scalars() {}

    /** Whether {@code type} is read from a single value. */
    static boolean reads(Class<?> type) {
        return type.isEnum() || READINGS.containsKey(type);
    }

    /** What a value of {@code type} is called. */
    static String noun(Class<?> type) {
        if (type.isEnum()) {
            return String.join(", ", constants(type));
        }
        Map<Class<?>, String> nouns = Map.of(
                int.class,
                "whole number",
                Integer.class,
                "whole number",
                long.class,
                "whole number",
                Long.class,
                "whole number",
                double.class,
                "number",
                Double.class,
                "number",
                boolean.class,
                "true or false",
                Boolean.class,
                "true or false",
                Path.class,
                "path");
        return nouns.getOrDefault(type, "text");
    }

    /** The value, of {@code type}. */
    static Object read(Scalar scalar, Class<?> type) throws Misfit {
        if (type.isEnum()) {
            return choice(scalar, type);
        }
        Reading reading = READINGS.get(type);
        if (reading == null) {
            throw new IllegalStateException("a recipe cannot hold a " + type.getName());
        }
        return reading.of(scalar);
    }

    /** The names of an enum's constants, as recipes write them. */
    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(c -> Names.constant((Enum<?>) c))
                .toList();
    }

    private static long whole(Scalar scalar, long min, long max) throws Misfit {
        BigDecimal value = decimal(scalar).orElseThrow(() -> new Misfit("is not a whole number"));
        if (value.stripTrailingZeros().scale() > 0) {
            throw new Misfit("is not a whole number");
        }
        if (value.compareTo(BigDecimal.valueOf(min)) < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new Misfit("is too large a number");
        }
        return value.longValueExact();
    }

    private static double number(Scalar scalar) throws Misfit {
        double value =
                decimal(scalar).orElseThrow(() -> new Misfit("is not a number")).doubleValue();
        if (!Double.isFinite(value)) {
            throw new Misfit("is too large a number");
        }
        return value;
    }

    /** A number in quotes is a text; a very long one is no setting. */
    private static Optional<BigDecimal> decimal(Scalar scalar) {
        boolean number = scalar.plain()
                && scalar.text().length() <= 64
                && NUMBER.matcher(scalar.text()).matches();
        return number ? Optional.of(new BigDecimal(scalar.text())) : Optional.empty();
    }

    private static boolean truth(Scalar scalar) throws Misfit {
        return switch (scalar.text()) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw new Misfit("is neither true nor false");
        };
    }

    private static Path path(Scalar scalar) throws Misfit {
        try {
            return Path.of(scalar.text());
        } catch (InvalidPathException e) {
            throw new Misfit("is not a path: " + e.getReason());
        }
    }

    private static Object choice(Scalar scalar, Class<?> type) throws Misfit {
        Function<Object, String> name = c -> Names.constant((Enum<?>) c);
        for (Object constant : type.getEnumConstants()) {
            if (name.apply(constant).equals(scalar.text())) {
                return constant;
            }
        }
        List<String> names = constants(type);
        throw new Misfit("is none of " + String.join(", ", names) + Nearest.hint(scalar.text(), names));
    }
}
