package duello.studio.run;

import duello.catalog.ProgressListener;
import duello.data.DataSource;
import duello.data.Dataset;
import duello.data.Split;
import duello.metric.Adaptation;
import duello.metric.AdaptationSettings;
import duello.metric.ClassifierDistance;
import duello.metric.Classifiers;
import duello.metric.EvaluationSettings;
import duello.metric.Evaluator;
import duello.metric.FeatureNetwork;
import duello.metric.IntraCluster;
import duello.metric.Lpips;
import duello.metric.PerceptualDistance;
import duello.metric.Realism;
import duello.metric.Score;
import duello.metric.ScoreKind;
import duello.metric.SmallClassifier;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.console.Surroundings;
import duello.torch.Devices;
import duello.train.Sampler;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * Scores generators that adapt to a few images: quality and FID where the recipe names images of the target domain,
 * diversity around the training images and how near to them generated ones come.
 */
final class AdaptationJudge implements Judge {
    private final Experiment experiment;
    private final AdaptationSettings settings;
    private final @Nullable FeatureNetwork network;
    private final Surroundings surroundings;
    private final Console console;
    private final Device device;
    private @Nullable Adaptation ready;

    /** @param network for FID; null for the classifier of the target's images */
    AdaptationJudge(
            Experiment experiment,
            AdaptationSettings settings,
            @Nullable FeatureNetwork network,
            Surroundings surroundings,
            Console console) {
        this.experiment = experiment;
        this.settings = settings;
        this.network = network;
        this.surroundings = surroundings;
        this.console = console;
        this.device = Devices.named(experiment.train().device());
    }

    @Override
    public List<Score> scores(Sampler sampler, int count, @Nullable Dataset train) {
        try (Stages stages = new Stages(console, surroundings.interruption())) {
            Adaptation adaptation = ready;
            if (adaptation == null) {
                Dataset shots = train == null ? experiment.data().open(Split.TRAIN) : train;
                adaptation = made(shots, stages);
                ready = adaptation;
            }
            return adaptation.scores(Judge.fakes(sampler, count, experiment));
        }
    }

    /** A data source and its training images. */
    private record Domain(DataSource of, Dataset train) {
        static @Nullable Domain open(@Nullable DataSource of) {
            return of == null ? null : new Domain(of, of.open(Split.TRAIN));
        }
    }

    private Adaptation made(Dataset shots, ProgressListener listener) {
        Domain source = Domain.open(settings.source());
        Domain target = Domain.open(settings.target());
        PerceptualDistance distance = distance(shots, source, listener);
        IntraCluster.Choice choice = new IntraCluster.Choice(settings.members(), 0);
        if (target == null) {
            return new Adaptation(shots, distance, null, choice, null, ProgressListener.NONE);
        }
        if (source == null) {
            throw new IllegalStateException("a target without a source passed the check of the recipe");
        }
        Realism realism = Realism.between(source.train(), target.train(), classifiers(), listener, device);
        Adaptation.Target judged = new Adaptation.Target(evaluator(target, listener), target.train());
        return new Adaptation(shots, distance, realism, choice, judged, ProgressListener.NONE);
    }

    private Evaluator evaluator(Domain target, ProgressListener listener) {
        FeatureNetwork by = network == null ? classifier(target, listener) : network;
        Path cache = surroundings.cache().resolve("features");
        EvaluationSettings fid = EvaluationSettings.STANDARD.with(Set.of(ScoreKind.FID));
        return new Evaluator(by, fid, cache, ProgressListener.NONE);
    }

    private SmallClassifier classifier(Domain domain, ProgressListener listener) {
        Dataset train = domain.train();
        // One class is not learned from, so nothing need be held back.
        Dataset validation = train.classes().size() < 2 ? train : domain.of().open(Split.VALIDATION);
        return Classifiers.forDataset(train, validation, classifiers(), listener, device);
    }

    /** LPIPS where the user has its weights, else by the classifier of the source domain's classes, or of drawn shapes. */
    private PerceptualDistance distance(Dataset shots, @Nullable Domain source, ProgressListener listener) {
        AdaptationSettings.LpipsFiles lpips = settings.lpips();
        if (lpips != null) {
            return Lpips.load(lpips.net(), lpips.files().stream().map(Path::of).toList(), device);
        }
        return new ClassifierDistance(
                source == null
                        ? Classifiers.ofShapes(shots.resolution(), classifiers(), listener, device)
                        : classifier(source, listener));
    }

    private Path classifiers() {
        return surroundings.cache().resolve("classifiers");
    }
}
