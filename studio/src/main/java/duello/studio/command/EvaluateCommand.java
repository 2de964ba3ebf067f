package duello.studio.command;

import duello.catalog.Failure;
import duello.data.DataSource;
import duello.data.Dataset;
import duello.data.Split;
import duello.io.Json;
import duello.metric.Classifiers;
import duello.metric.EvaluationSettings;
import duello.metric.Evaluator;
import duello.metric.FeatureNetwork;
import duello.metric.InceptionV3;
import duello.metric.Score;
import duello.metric.ScoreKind;
import duello.recipe.Experiment;
import duello.recipe.yaml.Nearest;
import duello.studio.console.Console;
import duello.studio.run.Judge;
import duello.studio.run.ScoreTable;
import duello.studio.run.Stages;
import duello.torch.Devices;
import duello.train.Sampler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Scores a checkpoint against its dataset, or one folder of pictures against another. */
@Command(
        name = "evaluate",
        description = {
            "Score a run or a checkpoint against its dataset, or a folder of pictures against another.",
            "Without --inception the features are those of a small classifier that is trained on the dataset once;",
            "their scores are named so and are never FID proper.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello evaluate runs/first --count 10000",
            "  duello evaluate runs/first --inception pt_inception-2015-12-05-6726825d.pth",
            "  duello evaluate runs/first --statistics standing",
            "  duello evaluate generated/ photos/ --metrics fid,kid"
        })
final class EvaluateCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Parameters(index = "0", paramLabel = "RUN|CHECKPOINT|DIR", description = "What to score.")
    private String place = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR2",
            description = "The real pictures, when DIR is a folder of pictures.")
    private @Nullable Path real;

    @Mixin
    private Which which = new Which();

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    @Option(
            names = "--metrics",
            paramLabel = "LIST",
            split = ",",
            description =
                    "Of fid, is, precision, recall, density, coverage, accuracy, kid, intra_fid (default: all but the last two); not for adaptations.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--count", paramLabel = "N", description = "How many generated pictures (default: the recipe's).")
    private @Nullable Integer count;

    @Option(
            names = "--inception",
            paramLabel = "FILE",
            description = "Weights of FID's Inception network, for FID proper.")
    private @Nullable Path inception;

    @Option(
            names = "--resolution",
            paramLabel = "PX",
            defaultValue = "32",
            description = "At which folders are compared (default: ${DEFAULT-VALUE}).")
    private int resolution = 32;

    @Override
    public Integer call() {
        Console console = duello.console();
        EvaluationSettings settings = settings();
        List<Score> scores = real == null ? ofCheckpoint(settings, console) : ofFolder(real, settings, console);
        ScoreTable.of(scores).forEach(console::result);
        scores.stream().findFirst().map(ScoreTable::protocol).ifPresent(console::say);
        console.data(scores);
        return 0;
    }

    private EvaluationSettings settings() {
        if (metrics.isEmpty()) {
            return EvaluationSettings.STANDARD;
        }
        Set<ScoreKind> kinds = EnumSet.noneOf(ScoreKind.class);
        for (String metric : metrics) {
            kinds.add(ScoreKind.named(metric.strip()).orElseThrow(() -> unknown(metric)));
        }
        return EvaluationSettings.STANDARD.with(kinds);
    }

    private static Failure unknown(String metric) {
        List<String> all =
                EnumSet.allOf(ScoreKind.class).stream().map(ScoreKind::title).toList();
        return new Failure("--metrics: there is no score '" + metric + "'" + Nearest.hint(metric, all) + "; there are "
                + String.join(", ", all));
    }

    private List<Score> ofCheckpoint(EvaluationSettings settings, Console console) {
        if (Files.isDirectory(Path.of(place)) && !Places.isRunOrCheckpoint(Path.of(place))) {
            throw new Failure(
                    place + " is neither a run nor a checkpoint; to score a folder of pictures name the folder of"
                            + " real ones too: duello evaluate " + place + " REAL");
        }
        Path from = which.of(place);
        Experiment experiment = sampling.over(Places.recipe(from), new Workshop());
        Sampler sampler = SamplingOptions.saved(experiment)
                .open(from, Devices.named(experiment.train().device()));
        Judge judge = Judge.of(experiment, settings, network(), duello.surroundings(), console);
        int images = count == null ? experiment.run().evaluationImages() : count;
        console.say("scoring " + from);
        List<Score> scores = judge.scores(sampler, images, null);
        Json.write(from.resolveSibling("scores-" + from.getFileName() + ".json"), Map.of("scores", scores));
        return scores;
    }

    private List<Score> ofFolder(Path reals, EvaluationSettings settings, Console console) {
        if (sampling.given()) {
            throw new Failure("pictures in a folder are there already, so nothing is drawn; leave out the options that"
                    + " say how, such as --truncation");
        }
        Dataset fake = open(Path.of(place));
        Dataset reference = open(reals);
        Path cache = duello.surroundings().cache();
        try (Stages stages = new Stages(console, duello.surroundings().interruption())) {
            FeatureNetwork network = network();
            if (network == null) {
                network = Classifiers.forDataset(reference, reference, cache.resolve("classifiers"), stages);
            }
            return new Evaluator(network, settings, cache.resolve("features"), stages).evaluate(fake, reference);
        }
    }

    private Dataset open(Path folder) {
        DataSource source = Sources.source(folder, resolution, 0);
        return source.open(Split.TRAIN);
    }

    private @Nullable FeatureNetwork network() {
        return inception == null ? null : InceptionV3.load(inception, Devices.named("auto"));
    }
}
