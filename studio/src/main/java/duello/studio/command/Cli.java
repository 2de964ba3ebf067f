package duello.studio.command;

import duello.studio.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** Runs a command line. */
public final class Cli {
    private Cli() {}

    /** Runs the command that the arguments name and returns the exit code; nothing is thrown. */
    public static int run(Surroundings surroundings, String... arguments) {
        return commandLine(surroundings).execute(arguments);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        boolean colour = surroundings.terminal() && !surroundings.given("NO_COLOR");
        ColorScheme colours = CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF);
        Failures failures = new Failures(surroundings);
        return new CommandLine(new Duello(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setColorScheme(colours)
                .setUsageHelpAutoWidth(surroundings.terminal())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures::wronglyUsed)
                .setExecutionExceptionHandler(failures::failed);
    }
}
