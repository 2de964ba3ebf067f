package duello.recipe;

import duello.catalog.Failure;
import duello.recipe.studiogan.StudioGan;
import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Scalar;
import duello.recipe.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One recipe as it is written, its bases below it; what PyTorch-StudioGAN wrote is translated on the way. */
final class Inheritance {
    private final Recipes recipes;
    private final Problems problems;
    private final Consumer<String> notes;
    private final boolean dataGiven;
    private final List<String> chain = new ArrayList<>();

    /** @param dataGiven whether the data that a file names do not matter */
    Inheritance(Recipes recipes, Problems problems, Consumer<String> notes, boolean dataGiven) {
        this.recipes = recipes;
        this.problems = problems;
        this.notes = notes;
        this.dataGiven = dataGiven;
    }

    Fields whole(RecipeText recipe) {
        Tree tree = Yaml.file(recipe.source(), recipe.text(), problems);
        if (!(tree instanceof Fields fields)) {
            problems.add(tree.place(), "a recipe is a mapping, 'key: value' line by line, not " + tree.kind());
            problems.throwIfAny();
            return new Fields(tree.place(), Map.of());
        }
        if (StudioGan.wrote(fields)) {
            StudioGan reader = new StudioGan(problems, note -> notes.accept(note.toString()));
            return reader.recipe(fields, title(recipe.source()), dataGiven);
        }
        Tree base = fields.value("extends");
        Fields own = fields.without("extends");
        if (base == null || base.absent()) {
            return own;
        }
        chain.add(recipe.source());
        Fields below = base(recipe, base);
        return below == null ? own : (Fields) Tree.merge(below.without("status").without("published"), own);
    }

    private static String title(String source) {
        String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        return file.replaceFirst("\\.ya?ml$", "") + " of PyTorch-StudioGAN";
    }

    private @Nullable Fields base(RecipeText recipe, Tree named) {
        if (!(named instanceof Scalar name)) {
            problems.add(named.place(), "extends: names one recipe, not " + named.kind());
            return null;
        }
        RecipeText base = find(recipe, name);
        if (base != null && chain.contains(base.source())) {
            String circle = String.join(" -> ", chain) + " -> " + base.source();
            problems.add(name.place(), "extends: goes in a circle: " + circle);
            return null;
        }
        return base == null ? null : whole(base);
    }

    private @Nullable RecipeText find(RecipeText from, Scalar name) {
        try {
            return recipes.base(from, name.text());
        } catch (Failure e) {
            problems.add(name.place(), "extends: " + e.getMessage());
            return null;
        }
    }
}
