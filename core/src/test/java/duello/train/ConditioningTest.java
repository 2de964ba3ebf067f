package duello.train;

import static duello.train.Tiny.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.Method;
import duello.method.Player;
import duello.method.condition.MultiHingeLogit;
import duello.model.Head;
import duello.torch.Ops;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditioning methods promise beyond their formulas. */
class ConditioningTest {
    private static Tiny tiny(String method) {
        return Tiny.plain().with(read(Method.class, method)).suited();
    }

    private static byte[] twins(Trainer trainer) {
        Map<String, Tensor> twins = trainer.table().discriminator().module().parameters().entrySet().stream()
                .filter(e -> e.getKey().contains("_mi."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(twins).isNotEmpty();
        return TrainingBits.of(twins);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ac", "2c", "d2dce"})
    void consistencyDoesNotCompareTheTwin(String objective) {
        try (Trainer plain = tiny("{type: " + objective + "}").trainer();
                Trainer twin = tiny("{type: tac, objective: {type: " + objective + "}}")
                        .trainer()) {
            assertThat(twin.roles().chain().judges().compared())
                    .hasSameSizeAs(plain.roles().chain().judges().compared())
                    .hasSize(1);
        }
    }

    @Test
    void theTwinLearnsInTheDiscriminatorsTurnOnly() {
        try (Trainer trainer = tiny("{type: tac, objective: {type: 2c}}").trainer()) {
            byte[] before = twins(trainer);
            trainer.turn(Player.GENERATOR).play(0, 0);
            assertThat(twins(trainer)).isEqualTo(before);
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            assertThat(twins(trainer)).isNotEqualTo(before);
        }
    }

    @Test
    void theReferencesTwinHeadsAreThereAndNeverMove() {
        try (Trainer trainer = tiny("{type: tac, form: reference}").trainer()) {
            byte[] before = twins(trainer);
            trainer.iterate();
            assertThat(twins(trainer)).isEqualTo(before);
            assertThat(trainer.losses().get("generator.twin"))
                    .isEqualTo(trainer.losses().get("generator.class"));
        }
    }

    @Test
    void theHeadsThatReadCodesAreMovedByTheGeneratorsOptimiser() {
        try (Trainer trainer = tiny("{type: infogan}").trainer()) {
            Map<String, Tensor> own =
                    trainer.turn(Player.GENERATOR).parameters().own();
            Map<String, Tensor> recognisers = own.entrySet().stream()
                    .filter(e -> e.getKey().startsWith("discriminator.info_"))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            assertThat(recognisers).hasSize(3);
            byte[] before = TrainingBits.of(recognisers);
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            assertThat(TrainingBits.of(recognisers)).isEqualTo(before);
            trainer.turn(Player.GENERATOR).play(0, 0);
            assertThat(TrainingBits.of(recognisers)).isNotEqualTo(before);
        }
    }

    @Test
    void codesThatTheGeneratorDoesNotHaveCannotBeRead() {
        Tiny without = Tiny.plain().with(read(Method.class, "{type: infogan}"));
        assertThatThrownBy(without::trainer).isInstanceOf(Failure.class).hasMessageContaining("model.codes");
    }

    @Test
    void aScorePerClassCountsAsTheirSum() {
        Tiny tiny = Tiny.plain().with(new MultiHingeLogit()).suited();
        try (Trainer trainer = tiny.trainer()) {
            Head logit = trainer.table().logit();
            Tensor scores = Ops.tensor(new double[] {1, 2, 3, 4, -1, 0, 0, 0.5}, 2, 4);
            assertThat(Ops.toDoubles(logit.score(scores))).containsExactly(10, -0.5);
        }
    }
}
