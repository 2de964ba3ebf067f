package duello.recipe;

import duello.recipe.yaml.Place;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting given beside the recipe: {@code train.steps=100}, {@code methods[1].weight=2}, {@code adversarial={type:
 * hinge}}. It is laid over the recipe as a recipe is over its base; {@code methods[n]}, n being the list's length, appends.
 */
final class Assignment {
    /** Where these settings are said to stand. */
    static final Place COMMAND_LINE = Place.of("command line");

    private static final Pattern PATH = Pattern.compile("\\w+(\\[[0-9]{1,4}])*(\\.\\w+(\\[[0-9]{1,4}])*)*");
    private static final Pattern STEP = Pattern.compile("\\w+|\\[[0-9]+]");

    private final String path;
    private final List<String> steps;
    private final Tree value;
    private final Problems problems;

    private Assignment(String path, List<String> steps, Tree value, Problems problems) {
        this.path = path;
        this.steps = steps;
        this.value = value;
        this.problems = problems;
    }

    /** {@code tree} with every one of {@code assignments} made, in order. */
    static Fields all(Fields tree, List<String> assignments, Problems problems) {
        Fields changed = tree;
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            String path = equals < 0 ? "" : assignment.substring(0, equals).strip();
            if (!PATH.matcher(path).matches()) {
                problems.add(COMMAND_LINE, '"' + assignment + "\" is not of the form key.path=value");
                continue;
            }
            String text = assignment.substring(equals + 1).strip();
            Tree value =
                    text.isEmpty() ? new Scalar(COMMAND_LINE, "", true) : Yaml.snippet(COMMAND_LINE, text, problems);
            changed = (Fields) new Assignment(path, steps(path), value, problems).in(changed, 0);
        }
        return changed;
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group());
        }
        return steps;
    }

    private Tree in(@Nullable Tree tree, int depth) {
        if (depth == steps.size()) {
            return tree == null ? value : Tree.merge(tree, value);
        }
        String step = steps.get(depth);
        return step.startsWith("[")
                ? inList(tree, Integer.parseInt(step.substring(1, step.length() - 1)), depth)
                : inMapping(tree, step, depth);
    }

    private Tree inMapping(@Nullable Tree tree, String key, int depth) {
        Fields fields = mapping(tree);
        Field field = fields.fields().get(key);
        if (field == null) {
            return fields.with(key, new Field(COMMAND_LINE, in(null, depth + 1)));
        }
        return fields.with(key, new Field(field.key(), in(field.value(), depth + 1)));
    }

    /** A word in place of a mapping is short for {@code {type: word}}. */
    private static Fields mapping(@Nullable Tree tree) {
        if (tree instanceof Fields fields) {
            return fields;
        }
        return tree instanceof Scalar word && !word.absent()
                ? new Fields(word.place(), Map.of("type", new Field(word.place(), word)))
                : new Fields(COMMAND_LINE, Map.of());
    }

    private Tree inList(@Nullable Tree tree, int index, int depth) {
        List<Tree> items = new ArrayList<>(tree instanceof Items list ? list.items() : List.of());
        if (index > items.size()) {
            problems.add(COMMAND_LINE, path + ": the list has only " + items.size() + " items, counted from [0]");
            return new Items(COMMAND_LINE, items);
        }
        if (index == items.size()) {
            items.add(in(null, depth + 1));
        } else {
            items.set(index, in(items.get(index), depth + 1));
        }
        return new Items(tree == null ? COMMAND_LINE : tree.place(), items);
    }
}
