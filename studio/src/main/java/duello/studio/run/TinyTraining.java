package duello.studio.run;

import duello.data.Dataset;
import duello.data.Split;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.train.Trainer;
import java.util.List;

/** The smallest training there is, of the default recipe's kind. */
final class TinyTraining implements AutoCloseable {
    private final Trainer trainer;

    TinyTraining() {
        Experiment experiment = RecipeReader.standard()
                .read(
                        "shapes/dcgan",
                        List.of(
                                "data.count=64",
                                "data.validation=16",
                                "train.batch=8",
                                "train.device=cpu",
                                "model.generator.width=8",
                                "model.discriminator.width=8"));
        Dataset data = experiment.data().open(Split.TRAIN);
        trainer = Plan.trainer(experiment, data);
    }

    void iterate() {
        trainer.iterate();
    }

    boolean finite() {
        return trainer.losses().values().stream().allMatch(Double::isFinite);
    }

    @Override
    public void close() {
        trainer.close();
    }
}
