package duello.train;

import static duello.train.Adapting.loss;
import static duello.train.Adapting.read;
import static duello.train.Adapting.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.method.Hook;
import duello.method.Player;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DCL in training: which views its two contrasts look at. */
class DualContrastTest {
    @Test
    void theDiscriminatorsContrastUsesTheMainViewOfTheRealsAndNoGeneratorLearnsFromIt() {
        List<Integer> views = new ArrayList<>();
        Hook hook = Watch.afterBackward((s, loss) -> views.add(s.judged().size()));
        try (Trainer trainer = tiny(read("type: dcl"), hook).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses()).containsKeys("discriminator.dcl", "generator.dcl");
            assertThat(trainer.losses().get("discriminator.dcl")).isPositive();
        }
        assertThat(views).containsExactly(2, 1);
    }

    @Test
    void theMainFakesCanStandInForFreshOnes() {
        int[] passes = {0};
        Hook hook = Watch.afterBackward((s, loss) -> passes[0] += s.judged().size());
        try (Trainer trainer = tiny(read("{type: dcl, fresh: false}"), read("type: diffaugment"), hook)
                .trainer()) {
            trainer.iterate();
            trainer.iterate();
            assertThat(trainer.losses().get("discriminator.dcl")).isPositive().isFinite();
        }
        assertThat(passes[0]).isEqualTo(6);
    }

    @Test
    void eachOfTheTwoContrastsCanBeLeftOut() {
        try (Trainer trainer = tiny(read("{type: dcl, generator: 0}")).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses()).containsKey("discriminator.dcl").doesNotContainKey("generator.dcl");
        }
        try (Trainer trainer = tiny(read("{type: dcl, discriminator: 0}")).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses()).containsKey("generator.dcl").doesNotContainKey("discriminator.dcl");
        }
    }

    @Test
    void allLayersGiveTheMeanOfWhatTheyGiveOneByOne() {
        double all =
                firstGeneratorLoss("{type: dcl, pick: all, discriminator: 0, generator_layers: [blocks.0, blocks.2]}");
        double first = firstGeneratorLoss(
                "{type: dcl, pick: first, discriminator: 0, generator_layers: [blocks.0, blocks.2]}");
        double last =
                firstGeneratorLoss("{type: dcl, pick: last, discriminator: 0, generator_layers: [blocks.0, blocks.2]}");
        assertThat(all).isCloseTo((first + last) / 2, within(1e-5 * all));
        assertThat(first).isNotCloseTo(last, within(1e-4));
    }

    private static double firstGeneratorLoss(String yaml) {
        try (Trainer trainer = tiny(read(yaml)).trainer()) {
            trainer.turn(Player.GENERATOR).play(0, 0);
            return loss(trainer, "generator.dcl");
        }
    }
}
