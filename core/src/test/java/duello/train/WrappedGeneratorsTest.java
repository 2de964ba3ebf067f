package duello.train;

import static duello.train.Adapting.distance;
import static duello.train.Adapting.loss;
import static duello.train.Adapting.read;
import static duello.train.Adapting.source;
import static duello.train.Adapting.tiny;
import static duello.train.Adapting.withGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.method.Player;
import duello.torch.Ops;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Methods of adaptation that put something around the generator, which learns first or alone. */
class WrappedGeneratorsTest {
    @Test
    void theMinerLearnsFirstAndThenTheGeneratorToo() {
        try (Trainer trainer =
                tiny(read("{type: minegan, mining: 1}")).from(source()).trainer()) {
            trainer.iterate();
            assertThat(moved(trainer, "miner")).isZero();
            assertThat(withGradient(trainer, Player.GENERATOR)).isNotEmpty().allMatch(n -> n.startsWith("miner."));
            trainer.iterate();
            assertThat(moved(trainer, "miner")).isPositive();
        }
    }

    @Test
    void onlyScalesShiftsAndLatentsMoveWithoutAnAdversary() {
        try (Trainer trainer = tiny(read("type: bsa")).from(source()).trainer()) {
            byte[] discriminator =
                    TrainingBits.of(trainer.table().discriminator().module());
            Map<String, Tensor> latents = trainer.roles().learning();
            trainer.iterate();
            byte[] before = TrainingBits.of(latents);
            double first = loss(trainer, "generator.bsa");
            for (int i = 0; i < 4; i++) {
                trainer.iterate();
            }
            assertThat(TrainingBits.of(trainer.table().discriminator().module()))
                    .isEqualTo(discriminator);
            assertThat(moved(trainer, "scales")).isZero();
            assertThat(TrainingBits.of(latents)).isNotEqualTo(before);
            assertThat(first).isPositive();
            assertThat(trainer.losses())
                    .containsKeys("generator.bsa_features", "generator.bsa_spread", "generator.bsa_scales")
                    .doesNotContainKey("generator.adversarial");
        }
    }

    @Test
    void scalesAreHeldLayerByLayerHoweverWideALayerIs() {
        try (Trainer trainer = tiny(read("type: bsa")).from(source()).trainer()) {
            trainer.iterate();
            assertThat(loss(trainer, "generator.bsa_scales")).isZero();
            double expected = 0;
            for (Map.Entry<String, Tensor> p :
                    trainer.table().generator().module().parameters().entrySet()) {
                if (p.getKey().startsWith("scales")) {
                    double start = p.getKey().endsWith("weight") ? 1 : 0;
                    expected += Arrays.stream(Ops.toDoubles(p.getValue()))
                            .map(v -> (v - start) * (v - start))
                            .average()
                            .orElseThrow();
                }
            }
            trainer.iterate();
            assertThat(loss(trainer, "generator.bsa_scales")).isPositive().isCloseTo(expected, within(1e-5 * expected));
        }
    }

    /** How far the source's parameters have moved in a generator that has more than those. */
    private static double moved(Trainer trainer, String more) {
        assertThat(trainer.table().generator().module().parameters().keySet()).anyMatch(n -> n.startsWith(more));
        return distance(trainer);
    }
}
