package duello.studio.command;

import duello.catalog.Failure;
import duello.studio.console.Console;
import duello.studio.report.Comparison;
import duello.studio.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lays runs side by side. */
@Command(
        name = "compare",
        description = {
            "Lay runs side by side: a page with their last scores and a chart of everything they logged, and each chart"
                    + " as a picture. Runs that differ in nothing but their seed are one curve, their mean, in a band.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  duello compare runs/acgan runs/reacgan --out acgan-reacgan"})
final class CompareCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Parameters(paramLabel = "RUN", arity = "2..*", description = "Folders or names of runs.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept.")
    private Path runs = Path.of("runs");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "comparison",
            description = "Where the page and the pictures go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("comparison");

    @Override
    public Integer call() {
        List<RunFolder> folders =
                names.stream().map(name -> RunFolder.open(name, runs)).toList();
        if (folders.stream().map(f -> f.info().name()).distinct().count() < folders.size()) {
            throw new Failure("two of these runs have the same name, so their curves could not be told apart");
        }
        List<Path> files = Comparison.write(folders, out);
        Console console = duello.console();
        console.say(files.size() - 1 + " charts");
        console.result(files.get(0).toString());
        console.data(Map.of("files", files.stream().map(Path::toString).toList()));
        return 0;
    }
}
