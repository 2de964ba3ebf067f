package duello.train;

import static duello.train.Watch.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Player;
import duello.method.augment.DiffAugment;
import duello.method.condition.Contrastive;
import duello.method.regularize.BalancedConsistency;
import duello.method.regularize.Consistency;
import duello.method.regularize.LatentConsistency;
import duello.torch.Ops;
import duello.torch.States;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Consistency regularisers: which views they compare, and where their gradients go. */
class ConsistencyTest {
    private static final DiffAugment OTHER_VIEW = new DiffAugment(List.of(DiffAugment.Kind.values()));

    @Test
    void consistencyPullsBothViewsTogether() {
        List<Double> sums = new ArrayList<>();
        Method probe = Watch.inDiscriminator((s, loss) -> {
            Loss own = new Loss();
            new Consistency(10, OTHER_VIEW).discriminator(s, own);
            Judged main = s.onReal();
            Judged other = s.judged().get(s.judged().size() - 1);
            assertThat(other.augmented()).isFalse();
            assertThat(other.origin()).isEqualTo(Origin.REAL);
            assertThat(values(other.images())).isNotEqualTo(values(main.images()));
            assertThat(main.compared()).hasSize(2);
            for (int i = 0; i < 2; i++) {
                Tensor one = main.compared().get(i);
                Tensor two = other.compared().get(i);
                List<Tensor> gradients = Ops.grads(own.total(), List.of(one, two), false);
                double expected = 20.0 / one.numel() * (Ops.toDoubles(one)[0] - Ops.toDoubles(two)[0]);
                assertThat(Ops.toDoubles(gradients.get(0))[0]).isNotZero().isCloseTo(expected, within(1e-6));
                assertThat(Ops.toDoubles(gradients.get(1))[0]).isCloseTo(-expected, within(1e-6));
            }
            sums.add(own.total().item_double());
        });
        try (Trainer trainer = Tiny.once().with(new Contrastive(1, 1, 8), probe).trainer()) {
            trainer.iterate();
        }
        assertThat(sums).singleElement().matches(sum -> sum > 0);
    }

    @Test
    void balancedConsistencyComparesRealsWithRealsAndFakesWithFakes() {
        List<String> passes = new ArrayList<>();
        Method watch = Watch.afterBackward((s, loss) -> {
            if (s.player() == Player.DISCRIMINATOR) {
                s.judged().forEach(j -> passes.add(j.origin() + (j.augmented() ? " main" : " other")));
                Judged fake = s.judged().get(3);
                assertThat(values(fake.labels())).isEqualTo(values(s.latent().labels()));
                double byHand = meanSquare(s.onFake().logit(), fake.logit());
                assertThat(States.required(loss.values(), "bcr.fake").item_double())
                        .isCloseTo(byHand, within(1e-6));
            }
        });
        try (Trainer trainer = Tiny.once()
                .with(new BalancedConsistency(10, 5, OTHER_VIEW), watch)
                .trainer()) {
            trainer.iterate();
        }
        assertThat(passes).containsExactly("REAL main", "FAKE main", "REAL other", "FAKE other");
    }

    @Test
    void latentConsistencyPullsJudgementsTogetherAndImagesApart() {
        List<Player> seen = new ArrayList<>();
        Method watch = Watch.afterBackward((s, loss) -> {
            seen.add(s.player());
            Loss.Part part = loss.parts().get(loss.parts().size() - 1);
            assertThat(part.name()).isEqualTo("zcr");
            assertThat(part.value().item_double()).isPositive();
            if (s.player() == Player.DISCRIMINATOR) {
                assertThat(part.weight()).isEqualTo(20);
                Judged near = s.judged().get(2);
                assertThat(near.augmented()).isFalse();
                assertThat(meanSquare(near.images(), s.rawFake())).isPositive().isLessThan(0.01);
            } else {
                assertThat(part.weight()).isEqualTo(-0.5);
                assertThat(s.judged()).hasSize(1);
            }
        });
        try (Trainer trainer =
                Tiny.once().with(new LatentConsistency(0.05, 20, 0.5), watch).trainer()) {
            trainer.iterate();
        }
        assertThat(seen).containsExactly(Player.DISCRIMINATOR, Player.GENERATOR);
    }

    private static double meanSquare(Tensor one, Tensor other) {
        return Arrays.stream(Ops.toDoubles(one.sub(other)))
                .map(d -> d * d)
                .average()
                .orElseThrow();
    }
}
