package duello.studio.command;

import duello.analysis.Landscape;
import duello.analysis.Scaling;
import duello.catalog.Failure;
import duello.method.Player;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.report.LandscapePage;
import duello.studio.run.Plan;
import duello.studio.run.Stages;
import duello.studio.run.Survey;
import duello.train.Checkpoint;
import duello.train.Probe;
import duello.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Draws losses around trained weights. */
@Command(
        name = "landscape",
        description = {
            "Draw the losses around trained weights: every part of a player's loss on a grid along two random directions"
                    + " that are scaled to the weights, as contours and surfaces, several runs side by side.",
            "What was measured is kept, so a landscape that was stopped goes on.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello landscape runs/sngan runs/sngan-deshuffle     of the discriminators, with and without a task",
            "  duello landscape runs/sngan --player generator --axes 1"
        })
final class LandscapeCommand implements Callable<Integer> {
    private static final int MOST_POINTS = 501;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Parameters(
            paramLabel = "RUN|CHECKPOINT",
            arity = "1..*",
            description = "Runs' folders or names, or checkpoints' folders.")
    private List<String> places = new ArrayList<>();

    @Mixin
    private Which which = new Which();

    @Option(
            names = "--player",
            paramLabel = "PLAYER",
            split = ",",
            defaultValue = "discriminator",
            description = "discriminator, generator, or both with a comma between (default: ${DEFAULT-VALUE}).")
    private List<Player> players = new ArrayList<>();

    @Option(
            names = "--axes",
            paramLabel = "N",
            defaultValue = "2",
            description = "1 for curves, 2 for surfaces (default: ${DEFAULT-VALUE}).")
    private int axes = 2;

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "21",
            description = "Along each axis, an odd number (default: ${DEFAULT-VALUE}).")
    private int points = 21;

    @Option(
            names = "--range",
            paramLabel = "R",
            defaultValue = "1",
            description =
                    "The axes go from -R to R; at 1 a filter is moved by its own length (default: ${DEFAULT-VALUE}).")
    private double range = 1;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "512",
            description = "Real images, and as many generated ones (default: ${DEFAULT-VALUE}).")
    private int images = 512;

    @Option(
            names = "--scaling",
            paramLabel = "KIND",
            defaultValue = "filter",
            description = "Of the directions: filter, layer, weight, unit_filter, unit_layer or none (default:"
                    + " ${DEFAULT-VALUE}).")
    private Scaling scaling = Scaling.FILTER;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Of directions, latents and draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "landscape",
            description = "Where the measurements, the pictures and their page go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("landscape");

    @Override
    public Integer call() {
        check();
        Console console = duello.console();
        List<Path> checkpoints = places.stream().map(which::of).toList();
        if (checkpoints.stream().map(LandscapeCommand::name).distinct().count() < checkpoints.size()) {
            throw new Failure("two of these have the same name, so they could not be told apart");
        }
        List<Survey> surveys = new ArrayList<>();
        try (Stages stages = new Stages(console, duello.surroundings().interruption())) {
            checkpoints.forEach(c -> survey(c, surveys, stages));
        }
        List<Path> files = LandscapePage.write(surveys, out);
        console.say(files.size() - 1 + " pictures");
        console.result(files.get(0).toString());
        console.data(Map.of("files", files.stream().map(Path::toString).toList()));
        return 0;
    }

    private void check() {
        if (axes < 1 || axes > 2) {
            throw new Failure("--axes is " + axes + "; give 1 or 2");
        }
        if (points < 3 || points > MOST_POINTS || points % 2 == 0) {
            throw new Failure("--points is " + points + "; give an odd number from 3 to " + MOST_POINTS
                    + ", so that the weights themselves are among the places");
        }
        if (!(range > 0) || Double.isInfinite(range)) {
            throw new Failure("--range is " + range + "; give a number above 0");
        }
    }

    private void survey(Path checkpoint, List<Survey> into, Stages stages) {
        Checkpoint.State state = Checkpoint.open(checkpoint);
        Experiment experiment = new Workshop().read(Places.recipe(checkpoint).toString(), Places.settings(checkpoint));
        int batch = experiment.train().batch();
        if (images < batch) {
            throw new Failure("--images is " + images + ", less than one batch of " + checkpoint + "; give " + batch
                    + " or more");
        }
        int batches = images / batch;
        try (Plan plan = Plan.of(experiment)) {
            plan.checkImages(state, checkpoint);
            plan.trainer().load(checkpoint);
            for (Player player : new LinkedHashSet<>(players)) {
                Survey.Terms terms = new Survey.Terms(
                        name(checkpoint),
                        state.step(),
                        String.valueOf(state.files().get(player.key() + ".safetensors")),
                        player,
                        new Survey.Grid(points, range, axes),
                        batches * batch,
                        scaling,
                        seed);
                Path file = out.resolve(terms.fileName() + "-" + axes + "d.jsonl");
                into.add(Survey.complete(file, terms, () -> open(plan, player, batches, batch), stages));
            }
        }
    }

    private Landscape open(Plan plan, Player player, int batches, int batch) {
        Trainer trainer = plan.trainer();
        Probe.Reals reals =
                Landscape.spread(plan.data(), batches, batch, trainer.table().device());
        return new Landscape(trainer.probe(reals, batches, seed), player, scaling, seed);
    }

    /** What a checkpoint's run is called; a checkpoint that is in none is called like its folder. */
    private static String name(Path checkpoint) {
        Path folder = checkpoint.toAbsolutePath().normalize();
        Path above = folder.getParent();
        Path run = above == null ? null : above.getParent();
        Path named = run != null && Places.isRunOrCheckpoint(run) ? run : folder;
        return String.valueOf(named.getFileName());
    }
}
