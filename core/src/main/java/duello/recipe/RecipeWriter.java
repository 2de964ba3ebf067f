package duello.recipe;

import duello.catalog.Entry;
import duello.recipe.yaml.Place;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import duello.recipe.yaml.TreeText;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes settings as a complete recipe: every default is written out, nothing is inherited, so that it says the same
 * tomorrow even if defaults change. {@link RecipeReader} reads back an equal value.
 */
public final class RecipeWriter {
    private static final Place NOWHERE = Place.of("writer");

    private final Shelves shelves;

    public RecipeWriter(Shelves shelves) {
        this.shelves = shelves;
    }

    /** The YAML of an experiment, or of another record of settings. */
    public String write(Record settings) {
        return TreeText.of(record(settings, new LinkedHashMap<>()));
    }

    /** The YAML of a shelf's entry, {@code type:} first. */
    public <T> String write(T entry, Class<T> shelf) {
        return TreeText.of((Fields) value(entry, shelf));
    }

    private Fields record(Object record, Map<String, Field> into) {
        List<Setting> settings = Setting.of(record.getClass());
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Setting setting = settings.get(i);
            Object value = Records.get(record, components[i]);
            if (value != null) {
                into.put(setting.key(), new Field(NOWHERE, value(value, setting.item())));
            }
        }
        return new Fields(NOWHERE, into);
    }

    private Tree value(Object value, Class<?> type) {
        if (value instanceof List<?> list) {
            return new Items(
                    NOWHERE, list.stream().map(item -> value(item, type)).toList());
        }
        Shelf<?> shelf = shelves.holding(type).orElse(null);
        if (shelf != null) {
            Map<String, Field> into = new LinkedHashMap<>();
            into.put("type", new Field(NOWHERE, new Scalar(NOWHERE, name(value, shelf), true)));
            return record(value, into);
        }
        return value instanceof Record ? record(value, new LinkedHashMap<>()) : scalar(value);
    }

    private static String name(Object value, Shelf<?> shelf) {
        Entry<?> entry = shelf.of(value).orElse(null);
        if (entry == null) {
            throw new IllegalArgumentException(
                    value.getClass().getName() + " is no " + shelf.noun() + " of the catalogue");
        }
        return entry.name();
    }

    private static Scalar scalar(Object value) {
        if (value instanceof Enum<?> constant) {
            return new Scalar(NOWHERE, Names.constant(constant), true);
        }
        String text = value instanceof Double d ? Numbers.text(d) : value.toString();
        return new Scalar(NOWHERE, text, true);
    }
}
