package duello.recipe.yaml;

import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a tree as YAML: short values on one line, long ones indented. */
public final class TreeText {
    private static final int WIDTH = 100;
    /** What surely reads back as the same text without quotes, wherever it stands. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./+-]([A-Za-z0-9_./+ -]*[A-Za-z0-9_./+-])?");

    private TreeText() {}

    public static String of(Fields top) {
        StringBuilder out = new StringBuilder();
        top.fields().forEach((key, field) -> write(out, key, field.value(), ""));
        return out.toString();
    }

    private static void write(StringBuilder out, String key, Tree value, String indent) {
        String line = indent + key + ": " + flow(value);
        if (line.length() <= WIDTH || empty(value) || value instanceof Scalar) {
            out.append(line).append('\n');
        } else {
            out.append(indent).append(key).append(":\n");
            block(out, value, indent + "  ");
        }
    }

    private static boolean empty(Tree value) {
        return value instanceof Items items && items.items().isEmpty()
                || value instanceof Fields fields && fields.fields().isEmpty();
    }

    private static void block(StringBuilder out, Tree value, String indent) {
        if (value instanceof Fields fields) {
            fields.fields().forEach((key, field) -> write(out, key, field.value(), indent));
        } else if (value instanceof Items items) {
            items.items().forEach(item -> item(out, item, indent));
        }
    }

    private static void item(StringBuilder out, Tree item, String indent) {
        String line = indent + "- " + flow(item);
        if (line.length() <= WIDTH || empty(item) || item instanceof Scalar) {
            out.append(line).append('\n');
            return;
        }
        StringBuilder inner = new StringBuilder();
        block(inner, item, indent + "  ");
        inner.setCharAt(indent.length(), '-');
        out.append(inner);
    }

    private static String flow(Tree value) {
        if (value instanceof Items items) {
            return items.items().stream().map(TreeText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Fields fields) {
            return fields.fields().entrySet().stream()
                    .map((Map.Entry<String, Field> e) ->
                            e.getKey() + ": " + flow(e.getValue().value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return scalar((Scalar) value);
    }

    private static String scalar(Scalar scalar) {
        String text = scalar.text();
        boolean bare = scalar.plain() && !scalar.absent() && SAFE.matcher(text).matches() && !text.startsWith("-");
        boolean negative = scalar.plain() && text.matches("-[0-9][0-9.e-]*");
        return bare || negative ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return out.append('"').toString();
    }
}
