package duello.recipe;

import duello.catalog.Entry;
import duello.catalog.Range;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings for tests over the whole catalogue: an entry with its defaults, and entries drawn at random. */
public final class Samples {
    private static final String[] TEXTS = {
        "plain",
        "white",
        "two words",
        "",
        "null",
        "~",
        "true",
        "12",
        "-",
        "- x",
        "a: b",
        "#",
        "x #y",
        "\"q\"",
        "back\\slash",
        " lead",
        "trail ",
        "line\nbreak",
        "tab\t",
        "\u00e9\u4e2d",
        "\ud83d\ude00",
        "{a}",
        "[b]",
        "'",
        "*a",
        "&a",
        "!t",
        "%",
        "@",
        "...",
        "---",
        "?",
        "a,b",
        "0x1f",
        "1e3",
        ".5",
        "=",
        "<<",
        "\u0085\u2028\ufeff",
        "\u0001"
    };

    private final Shelves shelves;
    private final Random random;

    Samples(Shelves shelves, long seed) {
        this.shelves = shelves;
        this.random = new Random(seed);
    }

    /**
     * An entry as a recipe gets it that says no more than it must.
     *
     * @param shelf where it stands
     * @param entry which
     */
    public static <T> T plain(Shelves shelves, Shelf<T> shelf, Entry<T> entry) {
        String required = Setting.of(entry.type()).stream()
                .filter(Setting::required)
                .map(s -> ", " + s.key() + ": " + must(s))
                .collect(Collectors.joining());
        String yaml = "{type: " + entry.name() + required + "}";
        return new RecipeReader(shelves, Recipes.shipped())
                .read(new RecipeText(entry.name(), yaml, null), shelf.holds());
    }

    private static String must(Setting setting) {
        if (setting.type() == Path.class || setting.type() == String.class) {
            return "some";
        }
        throw new AssertionError(setting.key() + " has no default; only paths and texts may lack one");
    }

    /** A record with every component drawn at random within its range; drawn anew while its constructor refuses. */
    Object draw(Class<?> type) {
        for (int attempt = 0; ; attempt++) {
            try {
                return drawOnce(type);
            } catch (IllegalArgumentException e) {
                if (attempt == 5000) {
                    throw new AssertionError(type.getName() + " refuses whatever is drawn", e);
                }
            }
        }
    }

    private Object drawOnce(Class<?> type) {
        List<Setting> settings = Setting.of(type);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Setting s = settings.get(i);
            if (s.optional() && random.nextBoolean()) {
                continue;
            }
            values[i] = s.list() ? list(s) : value(s.item(), s.range());
        }
        return Records.construct(type, values);
    }

    private List<Object> list(Setting s) {
        List<Object> items = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            items.add(value(s.item(), s.range()));
        }
        return items;
    }

    private Object value(Class<?> type, @Nullable Range range) {
        Shelf<?> shelf = shelves.holding(type).orElse(null);
        if (shelf != null) {
            return draw(
                    shelf.entries().get(random.nextInt(shelf.entries().size())).type());
        }
        if (type.isRecord()) {
            return draw(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == String.class) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        if (type == Path.class) {
            return Path.of("some", "path " + random.nextInt(9), "x");
        }
        return number(type, range);
    }

    private Object number(Class<?> type, @Nullable Range range) {
        double low = range == null ? -1e6 : Math.max(range.min(), -1e6);
        double high = range == null ? 1e6 : Math.min(range.max(), 1e6);
        if (type == double.class || type == Double.class) {
            double tiny = low + (high - low) * Math.pow(10, -12 * random.nextDouble());
            return random.nextInt(8) == 0 ? high : tiny;
        }
        // Powers of two are what sizes and resolutions mostly accept.
        long whole = random.nextBoolean()
                ? (long) low + (long) (random.nextDouble() * (high - low))
                : Math.max((long) low, Math.min((long) high, 1L << random.nextInt(12)));
        return type == int.class || type == Integer.class ? (Object) (int) whole : (Object) whole;
    }
}
