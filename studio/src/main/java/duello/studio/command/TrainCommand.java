package duello.studio.command;

import duello.recipe.Experiment;
import duello.recipe.Recipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Trains a recipe in a new run folder. */
@Command(
        name = "train",
        description = {
            "Train a recipe: checkpoints, samples, scores and a report go to a new folder in runs/.",
            "Ctrl-C ends it well: the iteration is finished and a checkpoint written.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello train                                  the default recipe on built-in data",
            "  duello train cifar10/reacgan --name first     a recipe by name",
            "  duello train my.yaml train.steps=5000         a recipe file, one setting changed",
            "  duello train shapes/dcgan --data photos/      a recipe on a folder of pictures",
            "  duello train ContraGAN.yaml --data photos/    a file of PyTorch-StudioGAN, as it is",
            "  duello train runs/first/recipe.yaml           a run once more, exactly",
            "  duello train imagenet/biggan-256 --processes 8  on eight devices"
        })
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Parameters(
            arity = "0..*",
            paramLabel = "RECIPE|KEY=VALUE",
            description = "A recipe's name or file (default: " + Recipes.DEFAULT + "), and settings to change in it.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Train on a folder of pictures, a subfolder each class.")
    private @Nullable Path data;

    @Mixin
    private NewRun newRun = new NewRun();

    @Mixin
    private Processes processes = new Processes();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Override
    public Integer call() {
        Workshop workshop = Workshop.of(duello.console());
        Workshop.Request request = Workshop.request(words, Recipes.DEFAULT);
        Experiment experiment = workshop.read(request.recipe(), settings(workshop, request));
        return new Beginning(duello, workshop, newRun, processes)
                .train(experiment, Runner.base(request.recipe()), training.scored());
    }

    private List<String> settings(Workshop workshop, Workshop.Request request) {
        List<String> settings = new ArrayList<>();
        if (data != null) {
            settings.add(Sources.folder(data, workshop.resolution(request.recipe())));
        }
        settings.addAll(request.settings());
        training.over(settings);
        return settings;
    }
}
