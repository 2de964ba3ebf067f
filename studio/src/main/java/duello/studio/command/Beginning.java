package duello.studio.command;

import duello.io.AtomicFiles;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.run.Crew;
import duello.studio.run.Plan;
import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.train.Checkpoint;
import duello.train.SourceSettings;
import java.nio.charset.StandardCharsets;

/** Trains an experiment in a new run's folder: what {@code train} and {@code adapt} have in common. */
record Beginning(Duello duello, Workshop workshop, NewRun newRun, Processes processes) {
    /**
     * Trains to the end, or to the user's wish, and returns the exit code.
     *
     * @param base names the run when the user did not
     */
    int train(Experiment wished, String base, boolean scored) {
        Console console = duello.console();
        Experiment experiment = atCheckpoint(wished);
        console.say("preparing " + experiment.title());
        Runner runner = new Runner(duello.surroundings(), console);
        try (Crew crew = processes.crew(duello.surroundings());
                Plan plan = Plan.of(experiment, crew.meet(experiment.train()))) {
            if (crew.seat().rank() > 0) {
                Crew.follow(plan.trainer(), experiment.train().steps(), plan.processes());
                return 0;
            }
            RunFolder folder = newRun.create(base);
            String recipe = workshop.complete(keepingSource(folder, experiment));
            AtomicFiles.write(folder.recipe(), recipe.getBytes(StandardCharsets.UTF_8));
            console.say(
                    "training in " + folder.path() + ": " + experiment.train().steps() + " iterations, "
                            + plan.data().size() + " images of " + plan.data().name());
            return runner.run(folder, plan, RunInfo.starting(folder.name(), runner.context(plan)), scored);
        }
    }

    /** A source that is a run becomes one of its checkpoints. */
    private Experiment atCheckpoint(Experiment e) {
        SourceSettings source = e.source();
        return source == null
                ? e
                : e.startingAt(source.at(Places.checkpoint(source.checkpoint().toString(), newRun.runs(), null)));
    }

    /** The run keeps the source's networks, once, so that it goes on and can be repeated wherever they came from. */
    private static Experiment keepingSource(RunFolder folder, Experiment e) {
        SourceSettings source = e.source();
        if (source == null) {
            return e;
        }
        Checkpoint.copyNetworks(source.checkpoint(), folder.source());
        return e.startingAt(source.at(folder.source()));
    }
}
