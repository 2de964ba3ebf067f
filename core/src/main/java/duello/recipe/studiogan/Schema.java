package duello.recipe.studiogan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of all settings, {@code keys.txt}: what the reference's configuration knows at commit 947b35e. */
final class Schema {
    /** A section that the reference knows and in which a file may set nothing. */
    static final String RUN = "RUN";

    private static final String TABLE = "keys.txt";

    /** The table; it never changes. */
    static final Schema ALL = load();

    private final Map<String, Key> keys;

    private Schema(Map<String, Key> keys) {
        this.keys = Collections.unmodifiableMap(keys);
    }

    private static Schema load() {
        Map<String, Key> keys = new LinkedHashMap<>();
        text().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Schema::key)
                .forEach(key -> keys.put(key.path(), key));
        return new Schema(keys);
    }

    private static String text() {
        try (InputStream in = Schema.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("the library was packed without " + TABLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Key key(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 5) {
            throw new IllegalStateException(TABLE + ": not five cells: " + line);
        }
        String kind = cells[1].strip();
        Key.Blank blank =
                kind.endsWith("~") ? Key.Blank.UNSET_OR_NULL : kind.endsWith("?") ? Key.Blank.UNSET : Key.Blank.NONE;
        Kind of = Kind.valueOf(kind.replaceAll("[?~]", "").toUpperCase(Locale.ROOT));
        return new Key(cells[0].strip(), of, blank, cells[2].strip(), new Allowed(cells[3].strip()), cells[4].strip());
    }

    Optional<Key> find(String path) {
        return Optional.ofNullable(keys.get(path));
    }

    /** All keys, in order. */
    List<Key> keys() {
        return List.copyOf(keys.values());
    }

    /** The sections in which files may set something, in order. */
    List<String> sections() {
        return keys.values().stream().map(Key::section).distinct().toList();
    }

    /** The names of a section's keys, in order. */
    List<String> names(String section) {
        return keys.values().stream()
                .filter(key -> key.section().equals(section))
                .map(Key::name)
                .toList();
    }
}
