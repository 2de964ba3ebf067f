package duello.studio.command;

import duello.catalog.Failure;
import duello.io.AtomicFiles;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.run.Checkpoints;
import duello.studio.run.Crew;
import duello.studio.run.Plan;
import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.train.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Goes on with a run from a checkpoint. */
@Command(
        name = "resume",
        description = {
            "Go on with a run as if it had never stopped, bit for bit on the same machine.",
            "Only train.steps and run.* may change.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello resume runs/first                       from its latest checkpoint",
            "  duello resume runs/first train.steps=20000     longer than it was meant to be",
            "  duello resume runs/first --checkpoint 4000     from an earlier one"
        })
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run's folder or name.")
    private String run = "";

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Settings to change.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            defaultValue = Checkpoints.LATEST,
            description = "latest, best, or an iteration (default: ${DEFAULT-VALUE}).")
    private String checkpoint = Checkpoints.LATEST;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept.")
    private Path runs = Path.of("runs");

    @Mixin
    private Processes processes = new Processes();

    @Option(names = "--no-scores", description = "Do not score the generator.")
    private boolean unscored;

    @Override
    public Integer call() {
        settings.forEach(ResumeCommand::check);
        Workshop workshop = new Workshop();
        RunFolder folder = RunFolder.open(run, runs);
        Path from = folder.checkpoints().named(checkpoint);
        Checkpoint.State state = Checkpoint.open(from);
        List<String> all = new ArrayList<>(Places.settings(folder));
        all.addAll(settings);
        Experiment experiment = workshop.read(folder.recipe().toString(), all);
        if (state.step() >= experiment.train().steps()) {
            throw new Failure(folder.path() + " is at iteration " + state.step() + " of "
                    + experiment.train().steps() + " already; to train longer give train.steps="
                    + 2 * experiment.train().steps());
        }
        try (Crew crew = processes.crew(duello.surroundings());
                Plan plan = Plan.of(experiment, crew.meet(experiment.train()))) {
            if (state.ofUnknownImages()) {
                duello.console()
                        .say("it is not known what images " + from + " was made with; going on with those of "
                                + plan.data().name());
            } else {
                plan.checkImages(state, from);
            }
            plan.trainer().load(from);
            if (crew.seat().rank() > 0) {
                Crew.follow(plan.trainer(), experiment.train().steps(), plan.processes());
                return 0;
            }
            AtomicFiles.write(folder.recipe(), workshop.complete(experiment).getBytes(StandardCharsets.UTF_8));
            return resume(folder, plan);
        }
    }

    private int resume(RunFolder folder, Plan plan) {
        Console console = duello.console();
        Runner runner = new Runner(duello.surroundings(), console);
        RunInfo.Context context = runner.context(plan);
        RunInfo before = folder.info();
        String warning = Runner.warning(before, context);
        if (warning != null) {
            console.warn(warning);
        }
        long step = plan.trainer().step();
        console.say("going on in " + folder.path() + " from iteration " + step);
        return runner.run(folder, plan, before.again(context, step), !unscored);
    }

    private static void check(String setting) {
        if (!setting.matches("(train\\.steps|run\\.\\w+)=.*")) {
            throw new Failure(
                    "'" + setting + "' cannot change while a run goes on, only train.steps=... and run.*=... can;"
                            + " to train with other settings start a new run: duello train RUN/recipe.yaml KEY=VALUE");
        }
    }
}
