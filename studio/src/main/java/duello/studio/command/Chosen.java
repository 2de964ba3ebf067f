package duello.studio.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument and the options of a command that reads one checkpoint. */
final class Chosen extends Which {
    @Parameters(
            index = "0",
            paramLabel = "RUN|CHECKPOINT",
            description = "A run's folder or name, or a checkpoint's folder.")
    private String place = "";

    /** The checkpoint's folder. */
    Path folder() {
        return of(place);
    }
}
