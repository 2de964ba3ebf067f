package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.Term;
import duello.method.augment.DiffAugment;
import duello.method.condition.Contrastive;
import duello.method.regularize.GradientPenalty;
import duello.method.regularize.R1;
import duello.torch.Ops;
import duello.torch.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final Method TWO_C = new Contrastive(1, 1, 8);

    @TempDir
    private Path folder;

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        assertThat(bitsAfter(3, Tiny.plain().with(TWO_C)))
                .isEqualTo(bitsAfter(3, Tiny.plain().with(TWO_C)));
        assertThat(bitsAfter(3, Tiny.plain().with(Tiny.settings(1)))).isNotEqualTo(bitsAfter(3, Tiny.plain()));
    }

    @Test
    void aResumedRunGoesOnAsIfItHadNeverStopped() {
        assertGoesOn(Tiny.plain().with(TWO_C, new R1(1)));
    }

    @Test
    void soDoesOneWhoseLearningRateFallsMeanwhile() {
        OptimizerSettings falling = new StepDecaySettings(new SgdSettings(0.01, 0.9, false, 0), 0.5, 3);
        assertGoesOn(Tiny.plain().with(falling, falling));
    }

    private void assertGoesOn(Tiny tiny) {
        try (Trainer whole = tiny.trainer();
                Trainer first = tiny.trainer();
                Trainer second = tiny.trainer()) {
            iterate(whole, 7);
            iterate(first, 4);
            first.save(folder.resolve("half"), Map.of("note.txt", new byte[] {1}));
            second.load(folder.resolve("half"));
            assertThat(second.step()).isEqualTo(4);
            iterate(second, 3);
            assertThat(TrainingBits.of(second)).isEqualTo(TrainingBits.of(whole));
            assertThat(second.losses()).isEqualTo(whole.losses());
        }
    }

    @Test
    void nativeObjectsDoNotGrowInNumber() {
        try (Trainer trainer = Tiny.plain()
                .with(TWO_C, new GradientPenalty(10), new DiffAugment(List.of(DiffAugment.Kind.values())))
                .trainer()) {
            iterate(trainer, 2);
            System.gc();
            long before = Scope.livePointers();
            iterate(trainer, 20);
            assertThat(Scope.livePointers()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void aTermChangesNobodyElsesNumbers() {
        // One update of one micro batch: a second one would see spectral norms that the penalty's pass has iterated.
        Tiny once = Tiny.plain().with(Tiny.settings(0, 1, new Turns(1, 1, true)));
        Map<String, Double> alone = lossesAfterOne(once.with(TWO_C));
        Map<String, Double> together = lossesAfterOne(once.with(new GradientPenalty(0), TWO_C, new R1(0)));
        assertThat(together)
                .containsAllEntriesOf(Map.of(
                        "discriminator.adversarial", alone.get("discriminator.adversarial"),
                        "discriminator.class", alone.get("discriminator.class")));
    }

    @Test
    void theAverageIsAPlainCopyUntilItStarts() {
        try (Trainer trainer = Tiny.plain().trainer()) {
            iterate(trainer, 2);
            assertThat(TrainingBits.of(trainer.table().average().module()))
                    .isEqualTo(TrainingBits.of(trainer.table().generator().module()));
            iterate(trainer, 1);
            assertThat(TrainingBits.of(trainer.table().average().module()))
                    .isNotEqualTo(TrainingBits.of(trainer.table().generator().module()));
        }
    }

    @Test
    void aLossThatIsNotFiniteStopsTrainingAndIsNamed() {
        Term poison = new Term() {
            @Override
            public void generator(Step s, Loss loss) {
                loss.add("poison", 1, Ops.mul(s.fake().mean(), s.number() < 2 ? 1 : Double.NaN));
            }
        };
        try (Trainer trainer = Tiny.plain().with(poison).trainer()) {
            iterate(trainer, 2);
            assertThatThrownBy(trainer::iterate)
                    .isInstanceOf(Diverged.class)
                    .hasMessageContaining("iteration 2")
                    .hasMessageContaining("'generator.poison'");
        }
    }

    @Test
    void bfloat16TrainsWithWeightsInSinglePrecision() {
        TrainSettings s = Tiny.settings(0);
        TrainSettings half = new TrainSettings(
                s.steps(),
                s.batch(),
                s.accumulate(),
                s.updates(),
                s.generator(),
                s.discriminator(),
                s.average(),
                s.flip(),
                s.replacement(),
                Precision.BFLOAT16,
                Together.STANDARD,
                s.device(),
                s.seed());
        Map<String, Double> single = lossesAfterOne(Tiny.plain().with(TWO_C));
        Map<String, Double> mixed = lossesAfterOne(Tiny.plain().with(half).with(TWO_C));
        assertThat(mixed.get("discriminator.class"))
                .isNotEqualTo(single.get("discriminator.class"))
                .isCloseTo(single.get("discriminator.class"), Offset.offset(0.05));
    }

    @Test
    void sampleIIsTheSameWhateverIsDrawnWithIt() {
        try (Trainer trainer = Tiny.plain().trainer();
                Scope scope = Scope.open()) {
            iterate(trainer, 1);
            Sampler sampler = trainer.sampler();
            float[] together = Ops.toFloats(sampler.images(5, 0, new long[] {0, 1, 2, 1}));
            float[] alone = Ops.toFloats(sampler.images(5, 2, new long[] {2}));
            assertThat(alone).containsExactly(Arrays.copyOfRange(together, 2 * 768, 3 * 768), Offset.offset(1e-5f));
        }
    }

    @Test
    void aDamagedCheckpointIsRefusedAndNothingIsChanged() throws IOException {
        try (Trainer trainer = Tiny.plain().trainer()) {
            iterate(trainer, 1);
            Path checkpoint = folder.resolve("one");
            trainer.save(checkpoint, Map.of());
            iterate(trainer, 1);
            byte[] before = TrainingBits.of(trainer);
            Path file = checkpoint.resolve("discriminator.safetensors");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 5] ^= 1;
            Files.write(file, bytes);
            assertThatThrownBy(() -> trainer.load(checkpoint))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("discriminator.safetensors is not as it was written");
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            assertThatThrownBy(() -> trainer.load(checkpoint)).isInstanceOf(Failure.class);
            assertThat(TrainingBits.of(trainer)).isEqualTo(before);
        }
    }

    @Test
    void aCheckpointOfOtherNetworksIsRefusedWithTheKeysThatDiffer() {
        try (Trainer trainer = Tiny.plain().with(TWO_C).trainer();
                Trainer other = Tiny.plain().trainer()) {
            iterate(trainer, 1);
            trainer.save(folder.resolve("2c"), Map.of());
            byte[] before = TrainingBits.of(other);
            assertThatThrownBy(() -> other.load(folder.resolve("2c")))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("'linear2.bias' is surplus");
            assertThat(TrainingBits.of(other)).isEqualTo(before);
        }
    }

    @Test
    void inATurnOnlyItsPlayerMoves() {
        try (Trainer trainer = Tiny.plain().with(TWO_C).trainer()) {
            byte[] generator =
                    TrainingBits.of(trainer.table().generator().module().parameters());
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            assertThat(TrainingBits.of(trainer.table().generator().module().parameters()))
                    .isEqualTo(generator);
            byte[] discriminator =
                    TrainingBits.of(trainer.table().discriminator().module().parameters());
            trainer.turn(Player.GENERATOR).play(0, 0);
            assertThat(TrainingBits.of(trainer.table().discriminator().module().parameters()))
                    .isEqualTo(discriminator);
            assertThat(TrainingBits.of(trainer.table().generator().module().parameters()))
                    .isNotEqualTo(generator);
        }
    }

    private static void iterate(Trainer trainer, int times) {
        for (int i = 0; i < times; i++) {
            trainer.iterate();
        }
    }

    private static byte[] bitsAfter(int iterations, Tiny tiny) {
        try (Trainer trainer = tiny.trainer()) {
            iterate(trainer, iterations);
            return TrainingBits.of(trainer);
        }
    }

    private static Map<String, Double> lossesAfterOne(Tiny tiny) {
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
            return trainer.losses();
        }
    }
}
