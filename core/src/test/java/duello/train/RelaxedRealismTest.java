package duello.train;

import static duello.train.Adapting.read;
import static duello.train.Adapting.tiny;
import static duello.train.Adapting.withGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.Hook;
import duello.method.Method;
import duello.method.Player;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Who judges what in relaxed realism: whole images near the anchors, patches elsewhere. */
class RelaxedRealismTest {
    @Test
    void patchesAreJudgedInThreeIterationsOfFourAndTheOtherHeadThenRests() {
        List<Long> dimensions = new ArrayList<>();
        Hook hook = Watch.afterBackward((s, loss) -> {
            dimensions.add(s.onFake().logit().dim());
            dimensions.add(s.onReal().logit().dim());
        });
        try (Trainer trainer = tiny(read("type: relaxed_realism"), hook).trainer()) {
            for (int i = 0; i < 5; i++) {
                trainer.iterate();
                trainer.turn(Player.DISCRIMINATOR).parameters().zeroGrad();
                trainer.turn(Player.DISCRIMINATOR).play(i, 0);
                boolean anchored = i % 4 == 0;
                Set<String> moved = withGradient(trainer, Player.DISCRIMINATOR);
                assertThat(moved.stream().anyMatch(n -> n.startsWith("patch."))).isEqualTo(!anchored);
                assertThat(moved.stream().anyMatch(n -> n.startsWith("linear1.")))
                        .isEqualTo(anchored);
            }
        }
        assertThat(dimensions.subList(0, 6)).containsOnly(1L);
        assertThat(dimensions.subList(6, 12)).containsOnly(4L);
    }

    @Test
    void anchoredLatentsLieNearAnchorsThatNeverMoveAndOthersDoNot() {
        List<Double> distances = new ArrayList<>();
        Trainer[] built = new Trainer[1];
        Hook hook = Watch.afterBackward((s, loss) -> {
            Tensor anchors = anchors(built[0]);
            Tensor apart = Ops.sum(Ops.square(s.latent().z().unsqueeze(1).sub(anchors.unsqueeze(0))), false, 2);
            distances.add(apart.amin(new long[] {1}, false).max().item_double());
        });
        try (Trainer trainer = tiny(read("{type: relaxed_realism, anchors: 3, radius: 0.01}"), hook)
                .trainer()) {
            built[0] = trainer;
            trainer.iterate();
            float[] before = Ops.toFloats(anchors(trainer));
            trainer.iterate();
            assertThat(Ops.toFloats(anchors(trainer))).isEqualTo(before).doesNotContain(0);
        }
        assertThat(distances.subList(0, 2)).allMatch(d -> d > 0 && d < 0.01);
        assertThat(distances.subList(2, 4)).allMatch(d -> d > 0.1);
    }

    private static Tensor anchors(Trainer trainer) {
        return trainer.roles().state().entrySet().stream()
                .filter(e -> e.getKey().endsWith(".anchors"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twoWhoChooseTheJudgeAreRefused() {
        Method one = read("type: relaxed_realism");
        Method other = read("{type: relaxed_realism, every: 2}");
        assertThat(one.conflict(other)).contains("who judges");
        assertThatThrownBy(() -> tiny(one, other).trainer())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("two methods choose the head");
    }
}
