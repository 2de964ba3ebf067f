package duello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Entry;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.recipe.Experiment;
import duello.recipe.Extension;
import duello.recipe.Shelves;
import duello.torch.Ops;
import duello.train.Trainer;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/architecture.md says under "Add a regulariser" is true to the letter. */
class AddARegulariserTest {
    private static final String PAGE = "docs/architecture.md";
    private static final String NAME = "zero_centered_score";

    @TempDir
    private Path folder;

    @Test
    void oneFileAndOneLineMakeARegulariserThatTrains() throws Exception {
        String source = Docs.block(PAGE, "java", "record ZeroCenteredScore");
        try (URLClassLoader classes = Docs.compiled(folder, List.of(source))) {
            Class<?> type = classes.loadClass("duello.method.regularize.ZeroCenteredScore");
            assertThat(Docs.page(PAGE)).contains("`entry(\"" + NAME + "\", " + type.getSimpleName() + ".class)`");
            Entry<Method> line = Entry.entry(NAME, type.asSubclass(Method.class));
            Extension shelf = () -> List.of(new Extension.Addition<>(Method.class, line));
            check(Shelves.builtIn().with(shelf), type);
        }
    }

    @Test
    void aJarOfOnesOwnBringsItAlong() throws Exception {
        String method = Docs.block(PAGE, "java", "record ZeroCenteredScore")
                .replace("package duello.method.regularize;", "package mine;");
        String extension = Docs.block(PAGE, "java", "implements Extension");
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader jar = Docs.compiled(folder, List.of(method, extension))) {
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.writeString(services.resolve("duello.recipe.Extension"), "mine.MyMethods\n");
            thread.setContextClassLoader(jar);
            check(Shelves.all(), jar.loadClass("mine.ZeroCenteredScore"));
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static void check(Shelves shelves, Class<?> type) {
        String recipe = Docs.block(PAGE, "yaml", NAME);
        Experiment experiment = Examples.experiment(shelves, recipe);
        assertThat(experiment.methods()).singleElement().isInstanceOf(type);

        Probe probe = new Probe(new ArrayList<>(), new ArrayList<>());
        List<Method> methods = new ArrayList<>(experiment.methods());
        methods.add(probe);
        try (Trainer trainer = Examples.trainer(experiment, methods)) {
            trainer.iterate();
            trainer.iterate();
            assertThat(probe.expected()).hasSize(2);
            assertThat(probe.expected().get(1)).isNotCloseTo(probe.expected().get(0), within(1e-9));
            assertThat(trainer.losses()).containsKey("discriminator." + NAME).doesNotContainKey("generator." + NAME);
            assertThat(trainer.losses().get("discriminator." + NAME))
                    .isCloseTo(
                            probe.expected().get(1),
                            within(1e-6 * (1 + probe.expected().get(1))));
            assertThat(probe.weights()).containsExactly(0.02, 0.02);
        }
    }

    /** Computes the formula anew, in Java, from the scores that the step saw. */
    private record Probe(List<Double> expected, List<Double> weights) implements Hook {
        @Override
        public void afterBackward(Step s, Loss loss) {
            if (s.player() == Player.DISCRIMINATOR) {
                expected.add((meanSquare(s.onReal()) + meanSquare(s.onFake())) / 2);
                loss.parts().stream()
                        .filter(part -> part.name().equals(NAME))
                        .forEach(part -> weights.add(part.weight()));
            }
        }

        private static double meanSquare(Judged view) {
            double sum = 0;
            double[] scores = Ops.toDoubles(view.score());
            for (double score : scores) {
                sum += score * score;
            }
            return sum / scores.length;
        }
    }
}
