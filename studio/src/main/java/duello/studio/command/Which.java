package duello.studio.command;

import duello.catalog.Failure;
import duello.studio.run.Checkpoints;
import duello.studio.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command that reads a checkpoint is told which. */
class Which {
    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "Which of a run: latest, best or an iteration (default: best).")
    private @Nullable String checkpoint;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept.")
    private Path runs = Path.of("runs");

    /**
     * The checkpoint's folder: of a run the one that was named, else the best, or the latest where none is known to be best.
     *
     * @param place a checkpoint's folder, a run's folder, or a run's name
     */
    final Path of(String place) {
        Path path = Path.of(place);
        if (Places.isCheckpoint(path)) {
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
}
