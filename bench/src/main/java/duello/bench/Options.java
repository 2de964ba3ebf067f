package duello.bench;

import duello.catalog.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a benchmark's command line, all of the form {@code --name value}. */
final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Reads {@code args}.
     *
     * @throws Failure if an option is not among {@code known} or has no value
     */
    Options(String[] args, Set<String> known) {
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!known.contains(name)) {
                throw new Failure("unknown option '" + args[i] + "'; there are --"
                        + String.join(", --", known.stream().sorted().toList()));
            }
            if (i + 1 == args.length) {
                throw new Failure("option '" + args[i] + "' needs a value");
            }
            values.put(name, args[i + 1]);
        }
    }

    /** One option's value, which says what the others are; {@code otherwise} if it is not there. */
    static String early(String[] args, String name, String otherwise) {
        int at = List.of(args).indexOf("--" + name);
        return at < 0 || at + 1 == args.length ? otherwise : args[at + 1];
    }

    /** A whole number of at least {@code min}, or {@code otherwise} if the option is not there. */
    int number(String name, int otherwise, int min) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Failure("--" + name + ": '" + text + "' is not a whole number", e);
        }
        throw new Failure("--" + name + ": " + text + " is less than " + min);
    }

    /** A text, or {@code otherwise} if the option is not there. */
    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
