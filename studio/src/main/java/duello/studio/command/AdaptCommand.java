package duello.studio.command;

import duello.catalog.Failure;
import duello.recipe.Experiment;
import duello.recipe.Recipes;
import duello.studio.console.Console;
import duello.studio.console.Table;
import duello.train.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Adapts a trained generator to a handful of pictures, in a new run's folder. */
@Command(
        name = "adapt",
        description = {
            "Adapt a trained generator to a handful of pictures, even one. Networks and start weights are the source's, and",
            "the settings the method's paper's. Diversity and nearness to the pictures are told on the way, quality and FID too",
            "where adaptation.source and adaptation.target name images; the same latents through time go to the samples.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello adapt --list                                          the methods",
            "  duello adapt runs/first --images ten/ --method dcl           a run, of which the best checkpoint is taken",
            "  duello adapt first --images ten/ --method cdc train.steps=1500",
            "  duello adapt first --images ten/ --method mine.yaml          a file such as those in recipes/adapt",
            "  duello adapt G --images ten/ --method tgan source.discriminator=fresh   a generator alone"
        })
final class AdaptCommand implements Callable<Integer> {
    private static final String DEFAULT = "dcl";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE|KEY=VALUE",
            description = "A run's folder or name, or a checkpoint's folder, and settings to change.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The folder of pictures to adapt to; or name a dataset with data={...}.")
    private @Nullable Path images;

    @Option(
            names = "--method",
            paramLabel = "NAME|FILE",
            defaultValue = DEFAULT,
            description = "What --list names, or a file of one's own (default: ${DEFAULT-VALUE}).")
    private String method = DEFAULT;

    @Option(names = "--list", description = "Tell the methods and do nothing else.")
    private boolean list;

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "Which of the source's run: latest, best or an iteration (default: best).")
    private @Nullable String checkpoint;

    @Mixin
    private NewRun newRun = new NewRun();

    @Mixin
    private Processes processes = new Processes();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Override
    public Integer call() {
        Workshop workshop = Workshop.of(duello.console());
        if (list) {
            tell(workshop);
            return 0;
        }
        Workshop.Request request = Workshop.request(words, "");
        boolean pictures = images != null || request.settings().stream().anyMatch(s -> s.startsWith("data="));
        if (request.recipe().isEmpty() || !pictures) {
            throw new Failure("adapt needs a source and pictures: duello adapt RUN --images DIR --method NAME");
        }
        Path source = Places.checkpoint(request.recipe(), newRun.runs(), checkpoint);
        Experiment experiment =
                workshop.adaptation(Places.recipe(source).toString(), method, settings(source, request.settings()));
        return new Beginning(duello, workshop, newRun, processes)
                .train(experiment, Runner.base(method), training.scored());
    }

    private List<String> settings(Path source, List<String> given) {
        List<String> settings = new ArrayList<>();
        if (images != null) {
            settings.add(Sources.folder(images, Checkpoint.open(source).resolution()));
            settings.add("data.validation=0");
        }
        settings.add("source={checkpoint: " + Sources.quoted(source.toString()) + "}");
        settings.addAll(given);
        training.over(settings);
        return settings;
    }

    private void tell(Workshop workshop) {
        Console console = duello.console();
        Table table = new Table();
        Map<String, String> titles = new LinkedHashMap<>();
        for (String name : Recipes.adaptations()) {
            titles.put(name, workshop.adaptationTitle(name));
            table.row(name, workshop.adaptationTitle(name));
        }
        table.lines().forEach(console::result);
        console.data(titles);
    }
}
