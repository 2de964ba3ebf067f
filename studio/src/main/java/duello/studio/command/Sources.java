package duello.studio.command;

import duello.catalog.Entry;
import duello.catalog.ProgressListener;
import duello.data.DataSource;
import duello.data.FolderReport;
import duello.data.ImageFolder;
import duello.data.Lsun;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.recipe.Shelves;
import java.nio.file.Path;

/** Settings that name data. */
final class Sources {
    private Sources() {}

    /** What a recipe calls the dataset that is in a folder: a database where there is one, else the folder's pictures. */
    static String type(Path folder) {
        Class<? extends DataSource> found = Lsun.isAt(folder) ? Lsun.class : ImageFolder.class;
        return Shelves.builtIn()
                .holding(DataSource.class)
                .flatMap(shelf -> shelf.entries().stream()
                        .filter(e -> e.type() == found)
                        .map(Entry::name)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("no shelf has " + found));
    }

    /** The setting that makes a recipe train on a folder of pictures, or of databases of them. */
    static String folder(Path folder, int resolution) {
        return "data={type: " + type(folder) + ", path: " + quoted(folder.toString()) + ", resolution: " + resolution
                + "}";
    }

    /** A folder of pictures, or of databases of them, as a dataset, of which a fraction is held back. */
    static DataSource source(Path folder, int resolution, double validation) {
        String text = "type: " + type(folder) + "\npath: " + quoted(folder.toString()) + "\nresolution: " + resolution
                + "\nvalidation: " + validation + "\n";
        return RecipeReader.standard().read(new RecipeText("command line", text, null), DataSource.class);
    }

    /** Decodes all that is in a folder to say what it holds. */
    static FolderReport inspect(Path folder, ProgressListener listener) {
        return Lsun.isAt(folder) ? Lsun.inspect(type(folder), folder, listener) : ImageFolder.inspect(folder, listener);
    }

    /** A text as YAML, whatever is in it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
