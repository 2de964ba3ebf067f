package duello.studio.command;

import duello.studio.run.RunFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command that makes a run is told its name and place. */
final class NewRun {
    @Option(names = "--name", paramLabel = "NAME", description = "The run's name (default: the recipe's and a number).")
    private @Nullable String name;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    /** Where runs are kept. */
    Path runs() {
        return runs;
    }

    /** Makes the folder; {@code base} names it when the user did not. */
    RunFolder create(String base) {
        return RunFolder.create(runs, name, base);
    }
}
