package duello.studio.command;

import duello.catalog.Failure;
import duello.studio.console.LogFile;
import duello.studio.console.Surroundings;
import duello.studio.run.InterruptedWork;
import duello.train.Diverged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** From exceptions to one line and an exit code; what nobody expected goes to a log file as a whole. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    static final int FAILED = 1;
    static final int WRONGLY_USED = 2;
    static final int INTERRUPTED = 130;

    private final Surroundings surroundings;

    Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int wronglyUsed(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        List<String> near = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String advice = near.isEmpty() ? "see " + command + " --help" : "did you mean '" + near.get(0) + "'?";
        tell(firstLine(message(e)) + "; " + advice);
        return WRONGLY_USED;
    }

    int failed(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof Failure) {
            log.debug("failed", e);
            message(e).lines().forEach(this::tell);
            return WRONGLY_USED;
        }
        if (e instanceof InterruptedWork) {
            tell("interrupted");
            return INTERRUPTED;
        }
        if (e instanceof Diverged) {
            tell(firstLine(message(e)));
            return FAILED;
        }
        Path file = logged(e);
        String said = firstLine(message(e));
        if (said.contains("out of memory")) {
            tell("out of memory; lower train.batch (and raise train.accumulate) or choose a smaller model (more in "
                    + file + ")");
        } else {
            tell("unexpected: " + said + " (more in " + file + ")");
        }
        return FAILED;
    }

    private Path logged(Exception e) {
        Path file = surroundings.cache().resolve("duello.log");
        try {
            Files.createDirectories(surroundings.cache());
        } catch (IOException none) {
            file = Path.of(System.getProperty("java.io.tmpdir", "."), "duello.log");
        }
        try (LogFile open = new LogFile(file)) {
            log.info("unexpected", e);
        }
        return file;
    }

    private void tell(String line) {
        surroundings.err().println("duello: " + line);
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
