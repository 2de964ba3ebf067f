package duello.studio.command;

import duello.studio.console.Console;
import duello.studio.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: what all commands share. */
@Command(
        name = "duello",
        description = {"A studio for generative adversarial networks.", ""},
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            ResumeCommand.class,
            AdaptCommand.class,
            GenerateCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            LandscapeCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            RecipesCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  duello train                               the default recipe on built-in data",
            "  duello train cifar10/reacgan train.seed=1  a recipe, with one setting changed",
            "  duello adapt runs/NAME --images ten/       a trained run to a handful of pictures",
            "  duello generate runs/NAME --count 100      pictures from a trained run",
            "  duello data check photos/                  what a folder of pictures holds",
            "",
            "Exit codes: 0 done, 1 failed, 2 used wrongly, 130 interrupted."
        })
public final class Duello {
    private final Surroundings surroundings;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Tell only results and failures.")
    private boolean quiet;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Tell results as JSON.")
    private boolean json;

    Duello(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Console console() {
        return new Console(surroundings, quiet, json);
    }
}
