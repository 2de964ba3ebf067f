package duello.studio.command;

import duello.catalog.Entry;
import duello.data.DataSource;
import duello.data.ImageFolder;
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
                        .filter(e -> e.type() == ImageFolder.class)
                        .map(Entry::name)
                        .findFirst())
                .orElse("image_folder");
    }

    /** The setting that makes a recipe train on a folder of pictures. */
    static String folder(Path folder, int resolution) {
        return "data={type: " + type() + ", path: " + quoted(folder.toString()) + ", resolution: " + resolution + "}";
    }

    /** A folder of pictures as a dataset, of which a fraction is held back. */
    static DataSource source(Path folder, int resolution, double validation) {
        String text = "type: " + type() + "\npath: " + quoted(folder.toString()) + "\nresolution: " + resolution
                + "\nvalidation: " + validation + "\n";
        return RecipeReader.standard().read(new RecipeText("command line", text, null), DataSource.class);
    }

    /** A text as YAML, whatever is in it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
