package duello.studio.command;

import duello.catalog.Failure;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeWriter;
import duello.recipe.Recipes;
import duello.recipe.Shelves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where commands get recipes from: files, the recipes folder of the installation, and those inside the library. */
final class Workshop {
    private final Shelves shelves = Shelves.all();
    private final Recipes recipes;

    Workshop() {
        this.recipes = new Recipes(folder());
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
        return new RecipeReader(shelves, recipes).read(nameOrPath, settings);
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
