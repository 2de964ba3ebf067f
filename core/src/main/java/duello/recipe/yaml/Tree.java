package duello.recipe.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a YAML document says, before anyone knows what it means; every value knows where it was written. */
public sealed interface Tree {
    Place place();

    /** A value that is neither mapping nor list. {@code plain}: written without quotes. */
    record Scalar(Place place, String text, boolean plain) implements Tree {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        @Override
        public boolean absent() {
            return plain && NULLS.contains(text);
        }
    }

    /** A list. */
    record Items(Place place, List<Tree> items) implements Tree {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order in which it was written. */
    record Fields(Place place, Map<String, Field> fields) implements Tree {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** The value of {@code key}, or null if it is not there. */
        @Nullable
        public Tree value(String key) {
            Field field = fields.get(key);
            return field == null ? null : field.value;
        }

        /** The same with {@code key} set. */
        public Fields with(String key, Field field) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.put(key, field);
            return new Fields(place, changed);
        }

        /** The same without {@code key}. */
        public Fields without(String key) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.remove(key);
            return new Fields(place, changed);
        }
    }

    /** One line of a mapping: where its key stands and what it says. */
    record Field(Place key, Tree value) {}

    /** Whether this is YAML's null, which says: as if left out. */
    default boolean absent() {
        return false;
    }

    /** What a reader would call it. */
    default String kind() {
        if (this instanceof Items) {
            return "a list";
        }
        return this instanceof Fields ? "a mapping" : "a single value";
    }

    /**
     * {@code over} laid over {@code base}: mappings are merged key by key, everything else replaces. A mapping with
     * another {@code type} than the base's is another thing, so the base's keys are dropped.
     */
    static Tree merge(Tree base, Tree over) {
        if (!(base instanceof Fields b) || !(over instanceof Fields o) || otherType(b, o)) {
            return over;
        }
        Map<String, Field> all = new LinkedHashMap<>(b.fields);
        o.fields.forEach((key, field) -> {
            Field below = all.get(key);
            all.put(key, below == null ? field : new Field(field.key, merge(below.value, field.value)));
        });
        return new Fields(o.place, all);
    }

    private static boolean otherType(Fields base, Fields over) {
        return over.value("type") instanceof Scalar type
                && !(base.value("type") instanceof Scalar old && old.text.equals(type.text));
    }
}
