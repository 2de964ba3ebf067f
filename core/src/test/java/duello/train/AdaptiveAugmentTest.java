package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.dist.Collective;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Step;
import duello.method.augment.Ada;
import duello.method.augment.AdaSet;
import duello.method.augment.AdaptiveProbability;
import duello.method.augment.Apa;
import duello.method.regularize.R1;
import duello.torch.Devices;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The augmentations whose probability follows the discriminator, in training. */
class AdaptiveAugmentTest {
    private static final long NEVER_AGAIN = 1000;

    /** What the discriminator saw in its own turns and in the generator's. */
    private static final class Witness implements Hook {
        private final List<float[]> reals = new ArrayList<>();
        private final List<float[]> fakes = new ArrayList<>();
        private final List<float[]> generators = new ArrayList<>();

        @Override
        public void afterBackward(Step s, Loss loss) {
            for (Judged j : s.judged()) {
                boolean own = s.player() == Player.DISCRIMINATOR;
                (!own ? generators : j.origin() == Origin.REAL ? reals : fakes).add(Ops.toFloats(j.images()));
            }
        }
    }

    private static Witness watch(Method... methods) {
        Witness witness = new Witness();
        List<Method> all = new ArrayList<>(Arrays.asList(methods));
        all.add(witness);
        try (Trainer trainer = Tiny.plain().with(all.toArray(Method[]::new)).trainer()) {
            trainer.iterate();
        }
        return witness;
    }

    private static Ada ada(double initial) {
        return new Ada(AdaSet.BGC, initial, 0.6, 500, NEVER_AGAIN);
    }

    private static double state(Trainer trainer, String name) {
        return trainer.roles().state().entrySet().stream()
                .filter(e -> e.getKey().endsWith("." + name))
                .mapToDouble(e -> e.getValue().item_double())
                .sum();
    }

    @Test
    void apaPassesOffFakesAsRealOnlyInTheDiscriminatorsTurn() {
        Witness without = watch();
        Witness with = watch(new Apa(1, 0.6, 500, NEVER_AGAIN));
        // The first micro batch comes before p has moved and before any network has.
        assertThat(with.reals.get(0)).isEqualTo(with.fakes.get(0)).isEqualTo(without.fakes.get(0));
        assertThat(without.reals.get(0)).isNotEqualTo(without.fakes.get(0));
        assertThat(with.generators).hasSameSizeAs(without.generators).isNotEmpty();
    }

    @Test
    void apaWithoutProbabilityChangesNothing() {
        assertThat(watch(new Apa(0, 1, 500, 1)).reals)
                .usingRecursiveComparison()
                .isEqualTo(watch().reals);
    }

    @Test
    void adaTransformsWhatBothPlayersShowTheDiscriminator() {
        Witness without = watch();
        Witness with = watch(ada(1));
        assertThat(with.reals.get(0)).isNotEqualTo(without.reals.get(0));
        assertThat(with.fakes.get(0)).isNotEqualTo(without.fakes.get(0));
        Witness off = watch(ada(0));
        for (int i = 0; i < off.reals.get(0).length; i++) {
            assertThat(Math.abs(off.reals.get(0)[i] - without.reals.get(0)[i])).isLessThan(1e-4f);
        }
    }

    /** Two updates of two micro batches of four images; the first iteration's are used up by its moves of p. */
    @Test
    void everyPassOverAugmentedRealsCounts() {
        assertThat(counted(ada(0))).isEqualTo(16);
        assertThat(counted(ada(0), new R1(1, 1, R1.Where.SIDE))).isEqualTo(32);
        assertThat(counted(ada(0), new R1(1, 1, R1.Where.OWN))).isEqualTo(32);
    }

    private static double counted(Method... methods) {
        try (Trainer trainer = Tiny.plain().with(methods).trainer()) {
            trainer.iterate();
            assertThat(state(trainer, "count")).isZero();
            trainer.iterate();
            assertThat(Math.abs(state(trainer, "signs"))).isLessThanOrEqualTo(state(trainer, "count"));
            return state(trainer, "count");
        }
    }

    @Test
    void theProbabilityFallsBelowTheTargetAndStaysAboveZero() {
        AdaptiveProbability p = probability(0.01);
        p.count(Ops.tensor(new float[] {1, 2, 3, -1, 0}, 5));
        p.afterUpdate(Player.DISCRIMINATOR, 0);
        assertThat(p.value().item_float()).isCloseTo(0.005f, within(1e-7f));
        p.count(Ops.tensor(new float[] {-1, 2, 3, -1, -4, -7}, 6));
        p.afterUpdate(Player.DISCRIMINATOR, 2);
        assertThat(p.value().item_float()).isZero();
    }

    @Test
    void theProbabilityRisesAboveTheTargetAndStaysBelowOne() {
        AdaptiveProbability p = probability(0.996);
        p.count(Ops.tensor(new float[] {1, 2, 3}, 3));
        p.afterUpdate(Player.GENERATOR, 2);
        p.afterUpdate(Player.DISCRIMINATOR, 3);
        assertThat(p.value().item_float()).as("not yet").isEqualTo(0.996f);
        p.afterUpdate(Player.DISCRIMINATOR, 4);
        assertThat(p.value().item_float()).isCloseTo(0.999f, within(1e-7f));
        p.count(Ops.tensor(new float[] {1, 2, 3, 4}, 4));
        p.afterUpdate(Player.DISCRIMINATOR, 6);
        assertThat(p.value().item_float()).isEqualTo(1);
    }

    private static AdaptiveProbability probability(double initial) {
        return new AdaptiveProbability(
                new AdaptiveProbability.Settings(initial, 0.6, 1, 2), Devices.CPU, Collective.LOCAL);
    }

    /** Two updates of eight reals each; no eighth is 0.1, so each moves p. */
    @Test
    void theProbabilityIsShownBesideTheLosses() {
        try (Trainer trainer =
                Tiny.plain().with(new Ada(AdaSet.COLOR, 0.5, 0.1, 1, 1)).trainer()) {
            trainer.iterate();
            double p = state(trainer, "p");
            assertThat(trainer.losses()).containsEntry("ada.p", p);
            assertThat(Math.round(1000 * p)).isIn(484L, 500L, 516L);
        }
    }

    @Test
    void withTheSameSettingsBothHaveOneProbability() {
        Ada ada = new Ada(AdaSet.COLOR, 0.3, 0.1, 1, 1);
        Apa apa = new Apa(0.3, 0.1, 1, 1);
        try (Trainer trainer = Tiny.plain().with(ada, apa).trainer()) {
            trainer.iterate();
            double half = state(trainer, "p") / 2;
            assertThat(trainer.losses()).containsEntry("ada.p", half).containsEntry("apa.p", half);
        }
    }
}
