package duello.studio.command;

import duello.catalog.Entry;
import duello.catalog.Failure;
import duello.data.DataSource;
import duello.metric.FeatureNetwork;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.recipe.Shelves;
import java.nio.file.Path;

/** Settings that name data. */
final class Sources {
    private Sources() {}

    private static String type() {
        return Shelves.builtIn()
                .holding(DataSource.class)
                .flatMap(shelf -> shelf.entries().stream()
                        .filter(e -> e.type().getSimpleName().equals("ImageFolder"))
                        .map(Entry::name)
                        .findFirst())
                .orElse("folder");
    }

    /** The setting that makes a recipe train on a folder of pictures. */
    static String folder(Path folder, int resolution) {
        return "data={type: " + type() + ", path: " + quoted(folder.toString()) + ", resolution: " + resolution + "}";
    }

    /** A folder of pictures as a dataset. */
    static DataSource source(Path folder, int resolution, double validation) {
        String text = "type: " + type() + "\npath: " + quoted(folder.toString()) + "\nresolution: " + resolution
                + "\nvalidation: " + validation + "\n";
        return RecipeReader.standard().read(new RecipeText("command line", text, null), DataSource.class);
    }

    static FeatureNetwork inception(Path file) {
        throw new Failure(file + " cannot be used yet");
    }

    /** A text as YAML, whatever is in it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
