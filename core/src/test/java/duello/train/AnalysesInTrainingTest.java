package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.analysis.Analyses;
import duello.analysis.ClassGradientNorms;
import duello.analysis.DiscriminatorOverfitting;
import duello.data.Dataset;
import duello.method.Hook;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.adversarial.LeastSquares;
import duello.method.condition.AuxiliaryClassifier;
import duello.method.condition.Contrastive;
import duello.metric.DatasetImages;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Analyses in a run: their numbers, when they are taken, and that the run does not notice. */
class AnalysesInTrainingTest {
    private static final AuxiliaryClassifier AC = new AuxiliaryClassifier(1, false);
    private static final String ACCURACY = "discriminator_overfitting.";
    private static final String NORMS = "class_gradient_norms.";

    @Test
    void aRunDoesNotNoticeThatItIsAnalysed() {
        List<Map<String, Double>> lines = new ArrayList<>();
        try (Trainer plain = Tiny.plain().with(AC).trainer();
                Trainer analysed = Tiny.plain()
                        .with(AC, new DiscriminatorOverfitting(1, 10), new ClassGradientNorms(1))
                        .trainer()) {
            for (int i = 0; i < 3; i++) {
                plain.iterate();
                analysed.iterate();
                lines.add(analysed.losses());
            }
            assertThat(TrainingBits.of(analysed)).isEqualTo(TrainingBits.of(plain));
        }
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .containsKeys(
                                ACCURACY + "train",
                                ACCURACY + "held_back",
                                ACCURACY + "generated",
                                NORMS + "features",
                                NORMS + "gradient.linear2",
                                NORMS + "confidence")
                        .allSatisfy((name, value) -> assertThat(value).isFinite()));
    }

    @Test
    void accuraciesAreSharesOfWhatLiesOnTheRightSideOfTheBoundary() {
        for (Tiny tiny : List.of(Tiny.plain(), Tiny.plain().with(new LeastSquares()))) {
            double boundary = tiny.adversarial().boundary();
            try (Trainer trainer =
                            tiny.with(new DiscriminatorOverfitting(1, 1000)).trainer();
                    Scope scope = Scope.open()) {
                trainer.iterate();
                move(trainer, boundary);
                Map<String, Double> line = trainer.losses();
                double expected = shareAbove(scores(trainer), boundary);
                assertThat(expected).isStrictlyBetween(0.2, 0.8);
                assertThat(line.get(ACCURACY + "train")).isCloseTo(expected, within(1e-6));
                // The held-back images of this run are equal to the training images.
                assertThat(line.get(ACCURACY + "held_back")).isCloseTo(expected, within(1e-6));
                assertThat(line.get(ACCURACY + "generated")).isBetween(0.0, 1.0);
            }
        }
        assertThat(new LeastSquares().boundary()).isEqualTo(0.5);
    }

    /** Moves the logit's bias so that the middle score comes to lie on the boundary. */
    private static void move(Trainer trainer, double boundary) {
        float[] sorted = scores(trainer);
        Arrays.sort(sorted);
        double by = boundary - sorted[sorted.length / 2];
        Tensor bias = Objects.requireNonNull(
                trainer.table().discriminator().module().parameters().get("linear1.bias"));
        Scope.withoutGrad(() -> bias.add_(Ops.scalar(by)));
    }

    private static float[] scores(Trainer trainer) {
        Dataset images = Tiny.images();
        int[] all = IntStream.range(0, images.size()).toArray();
        return Ops.toFloats(Scope.noGrad(() -> trainer.table()
                .score(
                        DatasetImages.batch(images, all, Devices.CPU),
                        DatasetImages.labels(images, all, Devices.CPU),
                        Forward.EVALUATION)));
    }

    private static double shareAbove(float[] scores, double boundary) {
        int right = 0;
        for (float score : scores) {
            right += score > boundary ? 1 : 0;
        }
        return (double) right / scores.length;
    }

    @Test
    void theyAreTakenAsOftenAsTheySay() {
        try (Trainer trainer = Tiny.plain()
                .with(AC, new DiscriminatorOverfitting(3, 4), new ClassGradientNorms(2))
                .trainer()) {
            List<Boolean> accuracy = new ArrayList<>();
            List<Boolean> norms = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                trainer.iterate();
                accuracy.add(trainer.losses().containsKey(ACCURACY + "train"));
                norms.add(trainer.losses().containsKey(NORMS + "features"));
            }
            assertThat(accuracy).containsExactly(true, false, false, true, false);
            assertThat(norms).containsExactly(false, true, false, true, false);
        }
    }

    @Test
    void featuresAndConfidenceAreThoseOfTheFirstRealBatch() {
        List<Double> expected = new ArrayList<>();
        Hook byHand = new Hook() {
            @Override
            public void afterBackward(Step s, Loss loss) {
                if (s.player() == Player.DISCRIMINATOR && expected.isEmpty()) {
                    expected.add(ClassGradientNorms.meanLength(
                                    s.onReal().features().pooled().detach())
                            .item_double());
                    expected.add(Math.exp(
                            -Objects.requireNonNull(loss.values().get("class")).item_double()));
                }
            }
        };
        try (Trainer trainer =
                Tiny.plain().with(AC, new ClassGradientNorms(1), byHand).trainer()) {
            trainer.iterate();
            Map<String, Double> line = trainer.losses();
            assertThat(line.get(NORMS + "features")).isCloseTo(expected.get(0), within(1e-5));
            assertThat(line.get(NORMS + "confidence")).isCloseTo(expected.get(1), within(1e-6));
            assertThat(line.get(NORMS + "gradient.linear2")).isPositive();
            assertThat(line).doesNotContainKey(NORMS + "gradient.linear1");
        }
    }

    @Test
    void itKnowsNoClassObjectiveByName() {
        try (Trainer contrastive = Tiny.plain()
                        .with(new ClassGradientNorms(1), new Contrastive(1, 1, 8))
                        .trainer();
                Trainer without = Tiny.plain().with(new ClassGradientNorms(1)).trainer()) {
            contrastive.iterate();
            without.iterate();
            assertThat(contrastive.losses()).containsKeys(NORMS + "gradient.linear2", NORMS + "gradient.embedding");
            assertThat(without.losses().keySet()).noneMatch(name -> name.startsWith(NORMS));
        }
    }

    @Test
    void nativeObjectsDoNotGrowInNumber() {
        Method[] both = {AC, new DiscriminatorOverfitting(1, 10), new ClassGradientNorms(1)};
        try (Trainer trainer = Tiny.plain().with(both).trainer()) {
            for (int i = 0; i < 2; i++) {
                trainer.iterate();
                trainer.losses();
            }
            System.gc();
            long before = Scope.livePointers();
            for (int i = 0; i < 6; i++) {
                trainer.iterate();
                trainer.losses();
            }
            assertThat(Scope.livePointers()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void everyNumberHasItsPlot() {
        try (Trainer trainer = Tiny.plain()
                .with(AC, new DiscriminatorOverfitting(1, 4), new ClassGradientNorms(1))
                .trainer()) {
            trainer.iterate();
            assertThat(trainer.losses().keySet())
                    .filteredOn(name -> name.startsWith(ACCURACY) || name.startsWith(NORMS))
                    .hasSize(6)
                    .allSatisfy(name -> assertThat(Analyses.PLOTS.stream().filter(p -> p.shows(name)))
                            .as(name)
                            .hasSize(1));
        }
    }
}
