package duello.recipe;

import duello.catalog.Entry;
import duello.catalog.Range;
import duello.recipe.yaml.Nearest;
import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import duello.recipe.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes typed records of trees. It goes on after a problem, to find them all; what it returns counts only when no
 * problem has been added meanwhile.
 */
final class Binder {
    /** A place to fill: its path from the top ({@code train.updates}), what goes there, and the allowed numbers. */
    private record Slot(
            String path,
            Class<?> type,
            boolean list,
            @Nullable Range range) {
        Slot item(int index) {
            return new Slot(path + "[" + index + "]", type, false, range);
        }

        String named(String message) {
            return path.isEmpty() ? message : path + ": " + message;
        }
    }

    private final Shelves shelves;
    private final Problems problems;

    Binder(Shelves shelves, Problems problems) {
        this.shelves = shelves;
        this.problems = problems;
    }

    /** A record, or an entry of a shelf, of {@code type}; nothing if there were problems. */
    <T> Optional<T> bind(Tree tree, Class<T> type) {
        int before = problems.count();
        Object value = value(tree, new Slot("", type, false, null));
        return problems.count() == before && value != null ? Optional.of(type.cast(value)) : Optional.empty();
    }

    private @Nullable Object value(Tree tree, Slot slot) {
        if (slot.list) {
            return list(tree, slot);
        }
        Optional<? extends Shelf<?>> shelf = shelves.holding(slot.type);
        if (shelf.isPresent()) {
            return entry(tree, slot, shelf.get());
        }
        if (slot.type.isRecord()) {
            return tree instanceof Fields fields ? plainRecord(fields, slot) : misfit(tree, slot, "a mapping");
        }
        return scalar(tree, slot);
    }

    private @Nullable Object misfit(Tree tree, Slot slot, String wanted) {
        String written = tree instanceof Scalar s ? quoted(s) : tree.kind();
        problems.add(tree.place(), slot.named(written + " stands where " + wanted + " is expected"));
        return null;
    }

    private @Nullable Object scalar(Tree tree, Slot slot) {
        if (!(tree instanceof Scalar scalar)) {
            return misfit(tree, slot, "a single value (" + Scalars.noun(slot.type) + ")");
        }
        try {
            Object value = Scalars.read(scalar, slot.type);
            Range range = slot.range;
            if (range != null && value instanceof Number n && !Ranges.allows(range, n.doubleValue())) {
                problems.add(
                        tree.place(), slot.named(scalar.text() + " is out of range; allowed: " + Ranges.words(range)));
            }
            return value;
        } catch (Scalars.Misfit e) {
            problems.add(tree.place(), slot.named(quoted(scalar) + " " + e.getMessage()));
            return null;
        }
    }

    private @Nullable Object list(Tree tree, Slot slot) {
        if (!(tree instanceof Items items)) {
            return misfit(tree, slot, "a list, such as [...],");
        }
        int before = problems.count();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Object value = value(items.items().get(i), slot.item(i));
            if (value != null) {
                values.add(value);
            }
        }
        return problems.count() == before ? List.copyOf(values) : null;
    }

    /** {@code {type: hinge, ...}}, or just {@code hinge} where its defaults will do. */
    private @Nullable Object entry(Tree tree, Slot slot, Shelf<?> shelf) {
        if (tree instanceof Items) {
            return misfit(tree, slot, "{type: ..., ...}");
        }
        Tree type = tree instanceof Fields fields ? fields.value("type") : tree;
        if (!(type instanceof Scalar name) || name.absent()) {
            String known = String.join(", ", shelf.names());
            problems.add(tree.place(), slot.named("its 'type' is missing; " + shelf.noun() + " types are " + known));
            return null;
        }
        Optional<? extends Entry<?>> entry = shelf.find(name.text());
        if (entry.isEmpty()) {
            problems.add(name.place(), slot.named(unknown(name, shelf)));
            return null;
        }
        Fields settings = tree instanceof Fields fields ? fields.without("type") : new Fields(tree.place(), Map.of());
        String owner = " in " + shelf.noun() + " '" + name.text() + "'";
        return record(settings, slot, entry.get().type(), owner);
    }

    private static String unknown(Scalar name, Shelf<?> shelf) {
        String hint = Nearest.hint(name.text(), shelf.names());
        String all = "; there are: " + String.join(", ", shelf.names());
        return "there is no " + shelf.noun() + " '" + name.text() + "'" + (hint.isEmpty() ? all : hint);
    }

    private @Nullable Object plainRecord(Fields fields, Slot slot) {
        return record(fields, slot, slot.type, slot.path.isEmpty() ? "" : " in '" + slot.path + "'");
    }

    private @Nullable Object record(Fields fields, Slot slot, Class<?> type, String owner) {
        int before = problems.count();
        List<Setting> settings = Setting.of(type);
        List<String> keys = settings.stream().map(Setting::key).toList();
        fields.fields().forEach((key, field) -> {
            if (!keys.contains(key)) {
                String hint = keys.isEmpty() ? "; it has no settings" : Nearest.hint(key, keys);
                problems.add(field.key(), "unknown key '" + key + "'" + owner + hint);
            }
        });
        @Nullable Object[] values = new @Nullable Object[settings.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = component(fields, settings.get(i), slot);
        }
        return problems.count() == before ? construct(type, values, fields, slot) : null;
    }

    private @Nullable Object component(Fields fields, Setting setting, Slot owner) {
        Field field = fields.fields().get(setting.key());
        Tree given = field == null || field.value().absent() ? null : field.value();
        String path = owner.path.isEmpty() ? setting.key() : owner.path + "." + setting.key();
        String fallback = setting.fallback();
        Tree whole = given;
        if (fallback != null) {
            Tree base = Yaml.snippet(fields.place(), fallback, problems);
            whole = given == null ? base : Tree.merge(base, given);
        }
        if (whole == null) {
            if (!setting.optional()) {
                problems.add(fields.place(), path + " is missing" + meaning(setting));
            }
            return null;
        }
        return value(whole, new Slot(path, setting.item(), setting.list(), setting.range()));
    }

    private static String meaning(Setting setting) {
        return setting.doc().isEmpty() ? "" : ": " + setting.doc();
    }

    private @Nullable Object construct(Class<?> type, @Nullable Object[] values, Fields fields, Slot slot) {
        try {
            return Records.construct(type, values);
        } catch (IllegalArgumentException e) {
            problems.add(fields.place(), slot.named(String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** The value as it was written, cut where it gets long. */
    private static String quoted(Scalar scalar) {
        String text =
                scalar.text().length() <= 60 ? scalar.text() : scalar.text().substring(0, 60) + "...";
        return '"' + text.replace("\n", "\\n") + '"';
    }
}
