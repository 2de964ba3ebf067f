package duello.studio.run;

import duello.data.Dataset;
import duello.metric.EvaluationSettings;
import duello.metric.Fakes;
import duello.metric.FeatureNetwork;
import duello.metric.Score;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.console.Surroundings;
import duello.torch.Ops;
import duello.torch.Seeds;
import duello.train.Sampler;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Scores generators of one experiment. */
public interface Judge {
    /**
     * The scores of {@code count} images, the classes in turn; the same images whenever it is asked.
     *
     * @param train the training images, if they are open already
     * @throws InterruptedWork if the user wishes to stop
     */
    List<Score> scores(Sampler sampler, int count, @Nullable Dataset train);

    /**
     * The judge that a recipe asks for: of an adaptation to few images where it says what to judge that by, else by
     * held-back images.
     *
     * @param network whose features are compared; null for the dataset's classifier, trained when first needed
     */
    static Judge of(
            Experiment experiment,
            EvaluationSettings settings,
            @Nullable FeatureNetwork network,
            Surroundings surroundings,
            Console console) {
        return experiment.adaptation() == null
                ? new HeldBackJudge(experiment, settings, network, surroundings, console)
                : new AdaptationJudge(experiment, experiment.adaptation(), network, surroundings, console);
    }

    /** Whether a recipe has something to judge by. */
    static boolean possible(Experiment experiment) {
        return experiment.adaptation() != null || experiment.data().holdsBack();
    }

    /** Images of a sampler for scores. */
    static Fakes fakes(Sampler sampler, int count, Experiment experiment) {
        int atOnce = 64;
        long seed = Seeds.derive(experiment.train().seed(), "evaluation");
        return new Fakes(count, sampler.protocol(atOnce), new Supplier<>() {
            private long next;

            @Override
            public Fakes.Batch get() {
                long[] labels = new long[(int) Math.min(atOnce, count - next)];
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
