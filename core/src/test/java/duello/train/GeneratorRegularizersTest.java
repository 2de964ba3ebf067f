package duello.train;

import static duello.train.Watch.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.method.Judged;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Player;
import duello.method.regularize.FeatureMatching;
import duello.method.regularize.R1;
import duello.method.regularize.TopK;
import duello.torch.Ops;
import duello.torch.States;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What regularisers do in the generator's turn. */
class GeneratorRegularizersTest {
    @Test
    void featureMatchingComparesWithFreshRealsThatAreLookedAtOnce() {
        List<String> batches = new ArrayList<>();
        Method watch = Watch.afterBackward((s, loss) -> {
            batches.add(values(s.ids()).toString());
            if (s.player() == Player.GENERATOR) {
                assertThat(s.judged()).extracting(Judged::origin).containsExactly(Origin.FAKE, Origin.REAL);
            }
        });
        try (Trainer trainer = Tiny.once().with(new FeatureMatching(1), watch).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses().get("generator.feature_matching")).isPositive();
            assertThat(trainer.feed().drawn()).isEqualTo(2);
        }
        assertThat(batches).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void topKShrinksFromEpochToEpochByTheRealImagesSeen() {
        // 40 images, 2 updates of 2 micro batches of 4: an epoch ends in iterations 3 (48 images) and 5 (80 images).
        Method halving = new TopK(0.5, 0.25);
        assertThat(kOfIterations(5, Tiny.plain().with(halving))).containsExactly(4.0, 4.0, 2.0, 2.0, 1.0);
        assertThat(kOfIterations(3, Tiny.plain().with(halving, new R1(1, 1, R1.Where.OWN))))
                .as("a pass of its own looks at the same images")
                .containsExactly(4.0, 4.0, 2.0);
    }

    @Test
    void topKCountsSeveralEpochsOfOneIterationAndStopsAtItsFloor() {
        Tiny large = Tiny.plain().with(Tiny.settings(0, 10, new Turns(2, 1, true)));
        // 2.56 after two epochs, 3.2 after one
        assertThat(kOfIterations(1, large.with(new TopK(0.8, 0.25)))).containsExactly(2.0);
        assertThat(new TopK(0.8, 0.3).k(9, 1000)).isEqualTo(2);
    }

    private static List<Double> kOfIterations(int iterations, Tiny tiny) {
        List<Double> all = new ArrayList<>();
        try (Trainer trainer = tiny.trainer()) {
            for (int i = 0; i < iterations; i++) {
                trainer.iterate();
                all.add(trainer.losses().get("top_k.k"));
            }
        }
        return all;
    }

    @Test
    void theGeneratorAnswersForTheHighestScoresOnly() {
        List<Double> losses = new ArrayList<>();
        Method watch = Watch.afterBackward((s, loss) -> {
            if (s.player() == Player.GENERATOR && s.number() == 1) {
                double[] scores = Ops.toDoubles(s.onFake().score());
                Arrays.sort(scores);
                losses.add(States.required(loss.values(), "adversarial").item_double());
                losses.add(-(scores[3] + scores[2]) / 2);
            }
        });
        Tiny large = Tiny.plain().with(Tiny.settings(0, 5, new Turns(1, 1, true)));
        try (Trainer trainer = large.with(new TopK(0.5, 0.5), watch).trainer()) {
            trainer.iterate();
            trainer.iterate();
        }
        assertThat(losses).hasSize(10);
        for (int i = 0; i < losses.size(); i += 2) {
            assertThat(losses.get(i)).isCloseTo(losses.get(i + 1), within(1e-6));
        }
    }
}
