package duello.studio.run;

import duello.data.Dataset;
import duello.data.Split;
import duello.metric.Classifiers;
import duello.metric.EvaluationSettings;
import duello.metric.Evaluator;
import duello.metric.FeatureNetwork;
import duello.metric.Score;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.console.Surroundings;
import duello.torch.Devices;
import duello.train.Sampler;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * Scores generators by the held-back images of an experiment's dataset, over the features of the built-in classifier
 * unless another network is given.
 */
final class HeldBackJudge implements Judge {
    private final Experiment experiment;
    private final EvaluationSettings settings;
    private final Surroundings surroundings;
    private final Console console;
    private @Nullable FeatureNetwork network;
    private @Nullable Dataset reference;

    /** @param network whose features are compared; null for the dataset's classifier, trained when first needed */
    HeldBackJudge(
            Experiment experiment,
            EvaluationSettings settings,
            @Nullable FeatureNetwork network,
            Surroundings surroundings,
            Console console) {
        this.experiment = experiment;
        this.settings = settings;
        this.network = network;
        this.surroundings = surroundings;
        this.console = console;
    }

    @Override
    public List<Score> scores(Sampler sampler, int count, @Nullable Dataset train) {
        try (Stages stages = new Stages(console, surroundings.interruption())) {
            Dataset real = reference();
            Evaluator evaluator = new Evaluator(network(train, real, stages), settings, folder("features"), stages);
            return evaluator.evaluate(Judge.fakes(sampler, count, experiment), real);
        }
    }

    private Dataset reference() {
        Dataset open = reference;
        if (open == null) {
            open = experiment.data().open(Split.VALIDATION);
            reference = open;
        }
        return open;
    }

    private FeatureNetwork network(@Nullable Dataset train, Dataset validation, Stages stages) {
        FeatureNetwork made = network;
        if (made == null) {
            Dataset images = train == null ? experiment.data().open(Split.TRAIN) : train;
            Device device = Devices.named(experiment.train().device());
            made = Classifiers.forDataset(images, validation, folder("classifiers"), stages, device);
            network = made;
        }
        return made;
    }

    private Path folder(String name) {
        return surroundings.cache().resolve(name);
    }
}
