package duello.studio.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints the script by which shells complete Duello's arguments. */
@Command(
        name = "completion",
        description = {"Print a script that lets bash and zsh complete commands and options.", ""},
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  source <(duello completion)"})
final class CompletionCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        duello.surroundings().out().print(AutoComplete.bash("duello", spec.root().commandLine()));
        duello.surroundings().out().flush();
        return 0;
    }
}
