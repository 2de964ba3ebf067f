package duello.studio.command;

import duello.catalog.Failure;
import duello.studio.run.Checkpoints;
import duello.studio.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a folder is. */
final class Places {
    private Places() {}

    static boolean isCheckpoint(Path path) {
        return Files.isRegularFile(path.resolve("state.json"));
    }

    static boolean isRunOrCheckpoint(Path path) {
        return isCheckpoint(path) || Files.isDirectory(path.resolve("checkpoints"));
    }

    /**
     * A checkpoint's folder: {@code place} itself, or of a run the one that is named, else the best, or the latest where none
     * is known to be best.
     *
     * @param place a checkpoint's folder, a run's folder, or a run's name
     * @param name of a run's checkpoint; null for the best
     */
    static Path checkpoint(String place, Path runs, @Nullable String name) {
        Path path = Path.of(place);
        if (isCheckpoint(path)) {
            return path;
        }
        if (!Files.exists(path) && !Files.exists(runs.resolve(place))) {
            throw new Failure("there is no run or checkpoint '" + place + "', here or in " + runs);
        }
        Checkpoints checkpoints = RunFolder.open(place, runs).checkpoints();
        if (name != null) {
            return checkpoints.named(name);
        }
        return checkpoints.marked(Checkpoints.BEST).orElseGet(() -> checkpoints.named(Checkpoints.LATEST));
    }

    /**
     * What must be said of a checkpoint's recipe where its run lies now: the source that the run keeps may have moved with
     * it.
     */
    static List<String> settings(Path checkpoint) {
        Path checkpoints = checkpoint.toAbsolutePath().normalize().getParent();
        Path run = checkpoints == null ? null : checkpoints.getParent();
        return run == null ? List.of() : settings(new RunFolder(run));
    }

    /** The same for a run. */
    static List<String> settings(RunFolder run) {
        return isCheckpoint(run.source())
                ? List.of("source.checkpoint=" + Sources.quoted(run.source().toString()))
                : List.of();
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
