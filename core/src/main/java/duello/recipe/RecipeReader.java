package duello.recipe;

import duello.catalog.Failure;
import duello.recipe.yaml.Place;
import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree;
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
 * Reads recipes: resolves {@code extends:}, lays settings of the command line over them, fills in defaults and binds the
 * result to records. Every problem is found before any is reported.
 *
 * <p>A recipe may extend one base. Mappings are merged, everything else replaces; {@code null} takes away what the base
 * says; a mapping with another {@code type:} replaces the base's. The base's {@code status} and {@code published} are
 * claims about the base alone and are not inherited.
 */
public final class RecipeReader {
    private static final Pattern STEP = Pattern.compile("(\\w+)|\\[(\\d+)]");

    private final Shelves shelves;
    private final Recipes recipes;

    public RecipeReader(Shelves shelves, Recipes recipes) {
        this.shelves = shelves;
        this.recipes = recipes;
    }

    /** Reads with all shelves and the shipped recipes. */
    public static RecipeReader standard() {
        return new RecipeReader(Shelves.all(), Recipes.shipped());
    }

    /**
     * The experiment that a recipe describes.
     *
     * @param nameOrPath a file, or a name such as {@code shapes/contragan}
     * @param settings such as {@code train.steps=100}, laid over the recipe in order
     * @throws Failure if there is no such recipe, or with one line for each of its problems
     */
    public Experiment read(String nameOrPath, List<String> settings) {
        return read(recipes.find(nameOrPath), settings);
    }

    /** The same for a text that is at hand already. */
    public Experiment read(RecipeText recipe, List<String> settings) {
        Problems problems = new Problems();
        Fields written = whole(recipe, new ArrayList<>(), problems);
        Fields tree = Assignment.all(written, settings, problems);
        Experiment experiment =
                new Binder(shelves, problems).bind(tree, Experiment.class).orElse(null);
        if (experiment != null) {
            experiment
                    .check()
                    .forEach(clash -> problems.add(place(tree, clash.path()), clash.path() + ": " + clash.message()));
        }
        problems.throwIfAny();
        if (experiment == null) {
            throw new IllegalStateException("a recipe without problems and without meaning");
        }
        return experiment;
    }

    /**
     * Settings other than a recipe's: a record, or an entry of the shelf that holds {@code type}. No {@code extends:}.
     *
     * @throws Failure with one line for each problem
     */
    public <T> T read(RecipeText text, Class<T> type) {
        Problems problems = new Problems();
        Tree tree = Yaml.file(text.source(), text.text(), problems);
        T value = new Binder(shelves, problems).bind(tree, type).orElse(null);
        problems.throwIfAny();
        if (value == null) {
            throw new IllegalStateException("settings without problems and without meaning");
        }
        return value;
    }

    private Fields whole(RecipeText recipe, List<String> chain, Problems problems) {
        Tree tree = Yaml.file(recipe.source(), recipe.text(), problems);
        if (!(tree instanceof Fields fields)) {
            problems.add(tree.place(), "a recipe is a mapping, 'key: value' line by line, not " + tree.kind());
            problems.throwIfAny();
            return new Fields(tree.place(), Map.of());
        }
        Tree base = fields.value("extends");
        Fields own = fields.without("extends");
        if (base == null || base.absent()) {
            return own;
        }
        chain.add(recipe.source());
        Fields below = base(recipe, base, chain, problems);
        return below == null ? own : (Fields) Tree.merge(below.without("status").without("published"), own);
    }

    private @Nullable Fields base(RecipeText recipe, Tree named, List<String> chain, Problems problems) {
        if (!(named instanceof Scalar name)) {
            problems.add(named.place(), "extends: names one recipe, not " + named.kind());
            return null;
        }
        RecipeText base = find(recipe, name, problems);
        if (base != null && chain.contains(base.source())) {
            String circle = String.join(" -> ", chain) + " -> " + base.source();
            problems.add(name.place(), "extends: goes in a circle: " + circle);
            return null;
        }
        return base == null ? null : whole(base, chain, problems);
    }

    private @Nullable RecipeText find(RecipeText from, Scalar name, Problems problems) {
        try {
            return recipes.base(from, name.text());
        } catch (Failure e) {
            problems.add(name.place(), "extends: " + e.getMessage());
            return null;
        }
    }

    /** Where the deepest part of {@code path} that is written stands. */
    private static Place place(Fields tree, String path) {
        Tree at = tree;
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            Tree next = null;
            if (at instanceof Fields fields && steps.group(1) != null) {
                next = fields.value(steps.group(1));
            } else if (at instanceof Items items && steps.group(2) != null) {
                int index = Integer.parseInt(steps.group(2));
                next = index < items.items().size() ? items.items().get(index) : null;
            }
            if (next == null) {
                break;
            }
            at = next;
        }
        return at.place();
    }
}
