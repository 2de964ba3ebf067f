package duello.studio.command;

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
        return Places.checkpoint(place, runs, checkpoint);
    }
}
