package duello.studio.command;

import duello.catalog.Failure;
import duello.studio.run.Checkpoints;
import duello.studio.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the checkpoint that a user means. */
final class Places {
    private Places() {}

    /**
     * The checkpoint's folder.
     *
     * @param place a checkpoint's folder, a run's folder, or a run's name
     * @param checkpoint which one of a run; null for the best, or the latest where none is known to be best
     */
    static Path checkpoint(String place, @Nullable String checkpoint, Path runs) {
        Path path = Path.of(place);
        if (isCheckpoint(path)) {
            return path;
        }
        if (!Files.exists(path) && !Files.exists(runs.resolve(place))) {
            throw new Failure("there is no run or checkpoint '" + place + "', here or in " + runs);
        }
        Checkpoints checkpoints = RunFolder.open(place, runs).checkpoints();
        if (checkpoint != null) {
            return checkpoints.named(checkpoint);
        }
        return checkpoints.marked(Checkpoints.BEST).orElseGet(() -> checkpoints.named(Checkpoints.LATEST));
    }

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
            throw new Failure(checkpoint + " has no recipe.yaml, so its networks cannot be built; copy it from the run");
        }
        return recipe;
    }
}
