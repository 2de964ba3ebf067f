package duello.studio.command;

import duello.catalog.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a folder is. */
final class Places {
    private Places() {}

    static boolean isCheckpoint(Path path) {
        return Files.isRegularFile(path.resolve("state.json"));
    }

    static boolean isRunOrCheckpoint(Path path) {
        return isCheckpoint(path) || Files.isDirectory(path.resolve("checkpoints"));
    }

    /** The recipe that a checkpoint carries. */
    static Path recipe(Path checkpoint) {
        Path recipe = checkpoint.resolve("recipe.yaml");
        if (!Files.isRegularFile(recipe)) {
            throw new Failure(
                    checkpoint + " has no recipe.yaml, so its networks cannot be built; copy it from the run");
        }
        return recipe;
    }
}
