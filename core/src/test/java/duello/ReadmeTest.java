package duello;

import static org.assertj.core.api.Assertions.assertThat;

import duello.recipe.Recipes;
import duello.train.Checkpoint;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md says about the library holds. */
class ReadmeTest {
    private static final String PAGE = "README.md";

    @TempDir
    private Path folder;

    @Test
    void theProgramOfTheReadmeTrainsAndLeavesACheckpoint() throws Exception {
        String source = Docs.block(PAGE, "java", "class TrainSmall");
        Path checkpoint = folder.resolve("checkpoint");
        List<String> settings = List.of(
                "data.count=32",
                "data.validation=8",
                "model.generator.width=4",
                "model.discriminator.width=4",
                "train.batch=4",
                "train.steps=2",
                "train.device=cpu");
        try (URLClassLoader classes = Docs.compiled(folder, List.of(source))) {
            classes.loadClass("mine.TrainSmall")
                    .getMethod("train", List.class, Path.class)
                    .invoke(null, settings, checkpoint);
        }
        assertThat(Checkpoint.open(checkpoint).step()).isEqualTo(2);
    }

    @Test
    void everyRecipeThatItNamesIsShipped() {
        Matcher named =
                Pattern.compile("`((?:shapes|cifar10|faces)/[a-z0-9-]+)`").matcher(Docs.page(PAGE));
        assertThat(named.results().map(m -> m.group(1))).isNotEmpty().isSubsetOf(Recipes.list());
    }
}
