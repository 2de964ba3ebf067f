package duello;

import duello.data.Split;
import duello.dist.Collective;
import duello.method.Method;
import duello.method.Table;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.recipe.Recipes;
import duello.recipe.Shelves;
import duello.train.Setup;
import duello.train.Trainer;
import java.util.List;

/** The pages' recipes, made as small as they can be, and what trains them. */
final class Examples {
    private static final List<String> TINY = List.of(
            "data.count=32",
            "data.validation=8",
            "model.latent=8",
            "model.generator.width=4",
            "model.discriminator.width=4",
            "train.batch=4",
            "train.device=cpu",
            "train.seed=3");

    private Examples() {}

    /** A page's recipe on networks and data that take no time. */
    static Experiment experiment(Shelves shelves, String recipe) {
        return new RecipeReader(shelves, Recipes.shipped()).read(new RecipeText("the page", recipe, null), TINY);
    }

    /** Trains an experiment with other methods than its own. */
    static Trainer trainer(Experiment e, List<Method> methods) {
        return new Trainer(new Setup(
                new Setup.Players(e.model(), e.logit()),
                e.adversarial(),
                methods,
                e.train(),
                new Table.Data(e.data().open(Split.TRAIN), () -> e.data().open(Split.VALIDATION)),
                Collective.LOCAL));
    }
}
