package duello.studio.run;

import duello.catalog.Failure;
import duello.data.AbsentDataset;
import duello.data.Dataset;
import duello.data.Split;
import duello.dist.Collective;
import duello.method.Method;
import duello.recipe.Experiment;
import duello.train.Checkpoint;
import duello.train.Trainer;
import java.nio.file.Path;
import java.util.List;

/**
 * An experiment ready to start: its data are open and its networks built.
 *
 * @param experiment the settings
 * @param data the training images
 * @param trainer at iteration 0
 * @param processes those that train as one
 */
public record Plan(Experiment experiment, Dataset data, Trainer trainer, Collective processes)
        implements AutoCloseable {
    /**
     * Opens the data and builds the networks.
     *
     * @throws Failure if the data are unusable, do not suit the settings, or the device is missing
     */
    public static Plan of(Experiment experiment) {
        return of(experiment, Collective.LOCAL);
    }

    /** The same as one of several processes. */
    public static Plan of(Experiment experiment, Collective processes) {
        Dataset data = experiment.data().open(Split.TRAIN);
        check(experiment, data);
        return new Plan(experiment, data, new Trainer(experiment.setup(data, processes)), processes);
    }

    /**
     * Builds the networks for images that are not there; such a plan cannot train.
     *
     * @param classes the classes' names in the order of their labels
     */
    public static Plan withoutData(Experiment experiment, List<String> classes) {
        Dataset data = new AbsentDataset(experiment.data().resolution(), classes);
        return new Plan(experiment, data, trainer(experiment, data), Collective.LOCAL);
    }

    static Trainer trainer(Experiment e, Dataset data) {
        return new Trainer(e.setup(data, Collective.LOCAL));
    }

    private static void check(Experiment experiment, Dataset data) {
        int batch = experiment.train().batch();
        if (batch > data.size() && !experiment.train().replacement()) {
            throw new Failure("train.batch is " + batch + ", but " + data.name() + " has only " + data.size()
                    + " training images; set train.batch=" + data.size()
                    + " or less, or train.replacement=true");
        }
        boolean classes = experiment.logit().needsClasses()
                || experiment.methods().stream().anyMatch(Method::needsClasses);
        if (classes && data.classes().size() < 2) {
            throw new Failure(
                    data.name() + " has one class, but the recipe learns classes; sort the images into a folder"
                            + " for each class, or take a recipe that does not, such as shapes/dcgan");
        }
    }

    /**
     * Makes sure that these are the images of a checkpoint, where those are known.
     *
     * @throws Failure if they are not
     */
    public void checkImages(Checkpoint.State state, Path from) {
        if (!state.ofUnknownImages() && !data.fingerprint().equals(state.dataset())) {
            throw new Failure("the images of " + data.name() + " are not those " + from
                    + " was made with; bring them back, or start a new run");
        }
    }

    @Override
    public void close() {
        trainer.close();
        processes.close();
    }
}
