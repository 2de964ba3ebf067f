package duello.studio.command;

import duello.catalog.Failure;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeWriter;
import duello.recipe.Recipes;
import duello.recipe.Shelves;
import duello.studio.console.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where commands get recipes from: files, the recipes folder of the installation, and those inside the library. */
final class Workshop {
    private final Shelves shelves = Shelves.all();
    private final Recipes recipes;

    private final Consumer<String> notes;

    /** One for recipes that need no notes, such as those of runs. */
    Workshop() {
        this(note -> {});
    }

    /** @param notes is told what the user should know about files that had to be translated */
    Workshop(Consumer<String> notes) {
        this.recipes = new Recipes(folder());
        this.notes = notes;
    }

    /** A workshop whose notes go where warnings go. */
    static Workshop of(Console console) {
        return new Workshop(note -> console.warn("note: " + note));
    }

    private static @Nullable Path folder() {
        String home = System.getProperty("duello.home");
        Path folder = home == null ? null : Path.of(home, "recipes");
        return folder != null && Files.isDirectory(folder) ? folder : null;
    }

    Shelves shelves() {
        return shelves;
    }

    Recipes recipes() {
        return recipes;
    }

    /** The experiment of a recipe's name or file, with settings laid over it. */
    Experiment read(String nameOrPath, List<String> settings) {
        return new RecipeReader(shelves, recipes, notes).read(nameOrPath, settings);
    }

    /** The experiment of an adaptation, a name or a file, of what the networks' recipe trained. */
    Experiment adaptation(String networks, String nameOrFile, List<String> settings) {
        return new RecipeReader(shelves, recipes, notes).adaptation(networks, nameOrFile, settings);
    }

    /** What an adaptation calls itself. */
    String adaptationTitle(String name) {
        return new RecipeReader(shelves, recipes).title(recipes.adaptation(name));
    }

    /** Height and width of the images that a recipe is for; says nothing else about it. */
    int resolution(String nameOrPath) {
        return new RecipeReader(shelves, recipes)
                .read(nameOrPath, List.of())
                .data()
                .resolution();
    }

    /** A file of PyTorch-StudioGAN as a recipe. */
    String convert(String nameOrPath, List<String> settings) {
        return new RecipeReader(shelves, recipes, notes).convert(nameOrPath, settings);
    }

    /** The recipe with every default written out. */
    String complete(Experiment experiment) {
        return new RecipeWriter(shelves).write(experiment);
    }

    /**
     * Splits arguments into a recipe and settings.
     *
     * @throws Failure if there is more than one recipe
     */
    static Request request(List<String> words, String fallback) {
        List<String> settings = words.stream().filter(w -> w.contains("=")).toList();
        List<String> names = words.stream().filter(w -> !w.contains("=")).toList();
        if (names.size() > 1) {
            throw new Failure("one recipe at a time, not " + String.join(" and ", names)
                    + "; settings are written key.path=value, without spaces around the '='");
        }
        return new Request(names.isEmpty() ? fallback : names.get(0), settings);
    }

    /** A recipe and what is to be changed in it. */
    record Request(String recipe, List<String> settings) {}
}
