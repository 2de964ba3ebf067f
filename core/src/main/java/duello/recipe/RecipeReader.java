package duello.recipe;

import duello.catalog.Failure;
import duello.recipe.studiogan.StudioGan;
import duello.recipe.yaml.Place;
import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import duello.recipe.yaml.TreeText;
import duello.recipe.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads recipes: resolves {@code extends:}, lays settings of the command line over them, fills in defaults and binds the
 * result to records. Every problem is found before any is reported.
 *
 * <p>A recipe may extend one base. Mappings are merged, everything else replaces; {@code null} takes away what the base
 * says; a mapping with another {@code type:} replaces the base's. The base's {@code status} and {@code published} are
 * claims about the base alone and are not inherited.
 *
 * <p>Files of PyTorch-StudioGAN are read as they are, also as a base: {@link StudioGan} makes a recipe of them.
 */
public final class RecipeReader {
    private static final Set<String> NETWORKS = Set.of("model", "logit", "sampling");
    private static final Pattern STEP = Pattern.compile("(\\w+)|\\[(\\d+)]");

    private final Shelves shelves;
    private final Recipes recipes;
    private final Consumer<String> notes;

    /** A reader that does not tell the notes on translated files. */
    public RecipeReader(Shelves shelves, Recipes recipes) {
        this(shelves, recipes, note -> {});
    }

    /**
     * @param notes is told, line by line, what the user should know about files of PyTorch-StudioGAN that were translated,
     *     and about adaptations of which something was left out
     */
    public RecipeReader(Shelves shelves, Recipes recipes, Consumer<String> notes) {
        this.shelves = shelves;
        this.recipes = recipes;
        this.notes = notes;
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

    /**
     * The experiment of an adaptation: a recipe without networks, laid over those of the recipe that trained its source.
     * Methods for mapping networks are left out where the networks have none.
     *
     * @param networks a recipe, of which model, logit head and way of sampling are taken and nothing else
     * @param adaptation a file, or the name of one of {@link Recipes#adaptations}
     * @param settings laid over both
     * @throws Failure as {@link #read(String, List)}
     */
    public Experiment adaptation(String networks, String adaptation, List<String> settings) {
        Problems problems = new Problems();
        Fields below = written(recipes.find(networks), List.of(), problems);
        Map<String, Field> kept = new LinkedHashMap<>(below.fields());
        kept.keySet().retainAll(NETWORKS);
        Fields own = new Inheritance(recipes, problems, notes, true).whole(recipes.adaptation(adaptation));
        Fields whole = (Fields) Tree.merge(new Fields(below.place(), kept), own);
        return bound(suited(Assignment.all(whole, settings, problems)), problems);
    }

    private Fields suited(Fields tree) {
        Experiment experiment =
                new Binder(shelves, new Problems()).bind(tree, Experiment.class).orElse(null);
        Field methods = tree.fields().get("methods");
        if (experiment == null
                || experiment.model().maps()
                || !(methods != null && methods.value() instanceof Items all)) {
            return tree;
        }
        List<Tree> kept = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (int i = 0; i < all.items().size(); i++) {
            Tree method = all.items().get(i);
            if (!experiment.methods().get(i).needsMapping()) {
                kept.add(method);
            } else if (method instanceof Fields named && named.value("type") instanceof Scalar type) {
                left.add(type.text());
            }
        }
        if (!left.isEmpty()) {
            notes.accept("without " + String.join(", ", left) + ": for mapping networks, which the source has none of");
        }
        return tree.with("methods", new Field(methods.key(), new Items(all.place(), kept)));
    }

    /** What a recipe, or an adaptation, calls itself. */
    public String title(RecipeText recipe) {
        Problems problems = new Problems();
        Fields whole = new Inheritance(recipes, problems, notes, true).whole(recipe);
        return whole.value("title") instanceof Scalar title ? title.text() : "";
    }

    /** The same for a text that is at hand already. */
    public Experiment read(RecipeText recipe, List<String> settings) {
        Problems problems = new Problems();
        return bound(written(recipe, settings, problems), problems);
    }

    /**
     * A file of PyTorch-StudioGAN as a recipe: only what the file says and its defaults, not ours.
     *
     * @param nameOrPath the file
     * @param settings laid over it
     * @throws Failure if it is not such a file, or with one line for each of its problems
     */
    public String convert(String nameOrPath, List<String> settings) {
        RecipeText recipe = recipes.find(nameOrPath);
        Problems problems = new Problems();
        if (!StudioGan.wrote(Yaml.file(recipe.source(), recipe.text(), problems))) {
            throw new Failure(
                    recipe.source() + " is no file of PyTorch-StudioGAN (sections DATA, MODEL, ...), so there is"
                            + " nothing to convert; 'duello recipes show' prints a recipe in full");
        }
        Fields tree = written(recipe, settings, problems);
        bound(tree, problems);
        return TreeText.of(tree);
    }

    private Fields written(RecipeText recipe, List<String> settings, Problems problems) {
        boolean dataGiven = settings.stream().anyMatch(s -> s.startsWith("data=") || s.startsWith("data.path="));
        Fields whole = new Inheritance(recipes, problems, notes, dataGiven).whole(recipe);
        return Assignment.all(whole, settings, problems);
    }

    private Experiment bound(Fields tree, Problems problems) {
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
