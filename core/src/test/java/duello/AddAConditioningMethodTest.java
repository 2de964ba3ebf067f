package duello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Entry;
import duello.method.ClassObjective;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.recipe.Experiment;
import duello.recipe.Extension;
import duello.recipe.Shelves;
import duello.torch.Module;
import duello.torch.Ops;
import duello.train.Trainer;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/architecture.md says under "Add a conditioning method" is true to the letter. */
class AddAConditioningMethodTest {
    private static final String PAGE = "docs/architecture.md";
    private static final String NAME = "cosface";
    private static final double SCALE = 16;

    @TempDir
    private Path folder;

    @Test
    void oneFileAndOneLineMakeAClassLossThatTrains() throws Exception {
        try (URLClassLoader classes = Docs.compiled(folder, List.of(Docs.block(PAGE, "java", "record CosFace")))) {
            Class<?> type = classes.loadClass("duello.method.condition.CosFace");
            assertThat(Docs.page(PAGE)).contains("`entry(\"" + NAME + "\", " + type.getSimpleName() + ".class)`");
            Entry<ClassObjective> line = Entry.entry(NAME, type.asSubclass(ClassObjective.class));
            Extension shelf = () -> List.of(new Extension.Addition<>(ClassObjective.class, line));
            Shelves shelves = Shelves.builtIn().with(shelf);
            Experiment plain = Examples.experiment(shelves, Docs.block(PAGE, "yaml", NAME));
            assertThat(plain.methods()).singleElement().isInstanceOf(type);
            trains(plain, new Probe(0.2, new ArrayList<>()), Map.of("class", 0.5));

            String inline = "methods: [{type: tac, objective: {type: cosface}}]";
            assertThat(Docs.page(PAGE)).contains('`' + inline + '`');
            Experiment twin = Examples.experiment(shelves, "extends: shapes/acgan\n" + inline + "\n");
            trains(twin, new Probe(0.35, new ArrayList<>()), Map.of("class", 1.0, "twin", 1.0));
        }
    }

    private static void trains(Experiment experiment, Probe probe, Map<String, Double> weights) {
        List<Method> methods = new ArrayList<>(experiment.methods());
        methods.add(probe);
        methods.add(new Weights(weights));
        try (Trainer trainer = Examples.trainer(experiment, methods)) {
            trainer.iterate();
            trainer.iterate();
            double expected = probe.expected.get(probe.expected.size() - 1);
            assertThat(expected).isNotCloseTo(probe.expected.get(0), within(1e-6));
            assertThat(trainer.losses().get("discriminator.class")).isCloseTo(expected, within(1e-5 * (1 + expected)));
            assertThat(trainer.losses()).containsKey("generator.class");
        }
    }

    /** Looks whether the parts of the discriminator's loss have the weights that the recipe gives them. */
    private record Weights(Map<String, Double> expected) implements Hook {
        @Override
        public void afterBackward(Step s, Loss loss) {
            if (s.player() == Player.DISCRIMINATOR) {
                expected.forEach((name, weight) -> assertThat(loss.parts())
                        .filteredOn(part -> part.name().equals(name))
                        .singleElement()
                        .extracting(Loss.Part::weight)
                        .isEqualTo(weight));
            }
        }
    }

    /** Computes the formula anew, in Java, from the features of the reals and the classes' vectors. */
    private record Probe(double margin, List<Double> expected) implements Hook {
        @Override
        public void afterBackward(Step s, Loss loss) {
            if (s.player() == Player.DISCRIMINATOR) {
                expected.add(loss(s.onReal(), vectors(s.table().discriminator().module())));
            }
        }

        /** Dividing them by a spectral norm would not turn them. */
        private static double[][] vectors(Module discriminator) {
            Tensor weight = discriminator.parameters().entrySet().stream()
                    .filter(e -> e.getKey().startsWith(NAME + "."))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
            return rows(weight);
        }

        private double loss(Judged reals, double[][] classes) {
            double[][] features = rows(reals.features().pooled());
            long[] labels = Ops.toLongs(reals.labels());
            double sum = 0;
            for (int i = 0; i < features.length; i++) {
                double total = 0;
                double own = 0;
                for (int j = 0; j < classes.length; j++) {
                    double logit = SCALE * (cosine(features[i], classes[j]) - (j == labels[i] ? margin : 0));
                    total += Math.exp(logit);
                    own = j == labels[i] ? logit : own;
                }
                sum += Math.log(total) - own;
            }
            return sum / features.length;
        }

        private static double cosine(double[] a, double[] b) {
            return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        private static double[][] rows(Tensor t) {
            double[] flat = Ops.toDoubles(t);
            int width = (int) t.size(1);
            double[][] rows = new double[flat.length / width][width];
            for (int i = 0; i < flat.length; i++) {
                rows[i / width][i % width] = flat[i];
            }
            return rows;
        }
    }
}
