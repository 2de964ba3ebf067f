package duello.recipe.studiogan;

import duello.recipe.yaml.Nearest;
import duello.recipe.yaml.Place;
import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** From a file's tree to its settings; every fault is reported with its place. */
final class SettingsReader {
    private final Schema schema;
    private final Problems problems;
    private final Consumer<Note> notes;

    SettingsReader(Schema schema, Problems problems, Consumer<Note> notes) {
        this.schema = schema;
        this.problems = problems;
        this.notes = notes;
    }

    Settings read(Fields top) {
        Map<String, Value> values = new LinkedHashMap<>();
        schema.keys().forEach(key -> values.put(key.path(), new Value(top.place(), false, fallback(key, top.place()))));
        top.fields().forEach((section, field) -> section(section, field, values));
        return new Settings(top.place(), values);
    }

    private Object fallback(Key key, Place place) {
        String text = key.fallback();
        if (text.equals("N/A")) {
            return Value.Missing.UNSET;
        }
        List<Tree> items = Arrays.stream(text.split(", "))
                .<Tree>map(item -> new Scalar(place, item, true))
                .toList();
        try {
            return key.kind().list() ? list(key, new Items(place, items)) : single(key, new Scalar(place, text, true));
        } catch (Kind.Misfit e) {
            throw new IllegalStateException("the default of " + key.path(), e);
        }
    }

    private void section(String name, Field field, Map<String, Value> values) {
        if (name.equals(Schema.RUN)) {
            problems.add(
                    field.key(),
                    "section RUN has no place in a file: its settings are options of the reference's command line; leave"
                            + " it out");
        } else if (!schema.sections().contains(name)) {
            String hint = Nearest.hint(name, schema.sections());
            String all = "; there are " + String.join(", ", schema.sections());
            problems.add(field.key(), "unknown section '" + name + "'" + (hint.isEmpty() ? all : hint));
        } else if (field.value().absent()
                || field.value() instanceof Fields empty && empty.fields().isEmpty()) {
            problems.add(field.key(), "section " + name + " is empty; leave it out");
        } else if (!(field.value() instanceof Fields fields)) {
            problems.add(
                    field.value().place(),
                    "section " + name + " must be lines of 'key: value', not "
                            + field.value().kind());
        } else {
            fields.fields().forEach((key, value) -> key(name, key, value, values));
        }
    }

    private void key(String section, String name, Field field, Map<String, Value> values) {
        Key key = schema.find(section + "." + name).orElse(null);
        if (key == null) {
            problems.add(field.key(), unknown(section, name));
            return;
        }
        values.put(key.path(), new Value(field.value().place(), true, content(key, field.value())));
    }

    private String unknown(String section, String name) {
        String start = "unknown key '" + name + "' in section " + section;
        for (String other : schema.sections()) {
            if (schema.names(other).contains(name)) {
                return start + "; it belongs in section " + other;
            }
        }
        return start + Nearest.hint(name, schema.names(section));
    }

    private Object content(Key key, Tree tree) {
        if (unset(tree)) {
            if (key.blank() != Key.Blank.NONE) {
                return Value.Missing.UNSET;
            }
            problems.add(
                    tree.place(),
                    key.path() + ": \"N/A\" stands where " + key.kind().noun() + " is needed");
            return Value.Missing.BROKEN;
        }
        if (tree.absent() && key.blank() == Key.Blank.UNSET_OR_NULL) {
            return Value.Missing.NULL;
        }
        try {
            return key.kind().list() ? list(key, tree) : single(key, tree);
        } catch (Kind.Misfit e) {
            problems.add(tree.place(), key.path() + ": " + e.getMessage());
            return Value.Missing.BROKEN;
        }
    }

    private static boolean unset(Tree tree) {
        return tree instanceof Scalar scalar && scalar.text().equals("N/A")
                || tree instanceof Items list
                        && !list.items().isEmpty()
                        && list.items().stream().allMatch(SettingsReader::unset);
    }

    private Object list(Key key, Tree tree) throws Kind.Misfit {
        if (!(tree instanceof Items list)) {
            throw new Kind.Misfit(written(tree) + " stands where " + key.kind().noun() + " is needed, such as [2]");
        }
        List<Object> values = new ArrayList<>();
        for (Tree item : list.items()) {
            values.add(single(key, item));
        }
        return List.copyOf(values);
    }

    private Object single(Key key, Tree tree) throws Kind.Misfit {
        if (!(tree instanceof Scalar scalar) || tree.absent()) {
            throw new Kind.Misfit(written(tree) + " stands where " + key.kind().noun() + " is needed");
        }
        try {
            Object value = key.kind().read(scalar, key.allowed());
            if (value instanceof Number && Kind.textToTheReference(scalar)) {
                String message =
                        "%s: %s is a text to the reference, whose YAML wants a number to be written %s; here it is a number";
                notes.accept(new Note(
                        scalar.place(),
                        message.formatted(
                                key.path(), written(tree), scalar.plain() ? "like 3.0e-7" : "without quotes")));
            }
            return value;
        } catch (Kind.Misfit e) {
            throw new Kind.Misfit(written(tree) + " " + e.getMessage());
        }
    }

    /** The value as it was written, cut where it gets long. */
    private static String written(Tree tree) {
        if (!(tree instanceof Scalar scalar)) {
            return tree.kind();
        }
        if (scalar.absent()) {
            return "nothing";
        }
        String text = scalar.text();
        return '"' + (text.length() <= 60 ? text : text.substring(0, 60) + "...").replace("\n", "\\n") + '"';
    }
}
