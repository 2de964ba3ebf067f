package duello.studio.run;

import duello.data.Dataset;
import duello.data.Split;
import duello.metric.Classifiers;
import duello.metric.EvaluationSettings;
import duello.metric.Evaluator;
import duello.metric.Fakes;
import duello.metric.FeatureNetwork;
import duello.metric.Score;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.console.Surroundings;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Seeds;
import duello.train.Sampler;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * Scores generators by the held-back images of an experiment's dataset, over the features of the built-in classifier
 * unless another network is given.
 */
public final class Judge {
    private static final int BATCH = 64;

    private final Experiment experiment;
    private final EvaluationSettings settings;
    private final Surroundings surroundings;
    private final Console console;
    private @Nullable FeatureNetwork network;
    private @Nullable Dataset reference;

    /** @param network whose features are compared; null for the dataset's classifier, trained when first needed */
    public Judge(
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

    /**
     * The scores of {@code count} images, the classes in turn; the same images whenever it is asked.
     *
     * @param train the training images, if they are open already
     * @throws InterruptedWork if the user wishes to stop
     */
    public List<Score> scores(Sampler sampler, int count, @Nullable Dataset train) {
        try (Stages stages = new Stages(console, surroundings.interruption())) {
            Dataset real = reference();
            Evaluator evaluator = new Evaluator(network(train, real, stages), settings, folder("features"), stages);
            return evaluator.evaluate(fakes(sampler, count), real);
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

    private Fakes fakes(Sampler sampler, int count) {
        long seed = Seeds.derive(experiment.train().seed(), "evaluation");
        return new Fakes(count, sampler.protocol(BATCH), new Supplier<>() {
            private long next;

            @Override
            public Fakes.Batch get() {
                long[] labels = new long[(int) Math.min(BATCH, count - next)];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = (next + i) % sampler.classes();
                }
                Fakes.Batch batch =
                        new Fakes.Batch(sampler.images(seed, next, labels), Ops.tensor(labels, labels.length));
                next += labels.length;
                return batch;
            }
        });
    }
}
