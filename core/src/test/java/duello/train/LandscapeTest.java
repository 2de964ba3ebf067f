package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import duello.analysis.Landscape;
import duello.analysis.Scaling;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.Term;
import duello.method.adversarial.Wasserstein;
import duello.method.condition.AuxiliaryClassifier;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses around the weights of a run. */
class LandscapeTest {
    private static final long SEED = 7;

    private static Tiny tiny() {
        return Tiny.plain().with(new AuxiliaryClassifier(2, false), Tiny.plain(Method.class, "lecam"));
    }

    private static Probe probe(Trainer trainer) {
        return trainer.probe(
                Landscape.spread(Tiny.images(), 2, 4, trainer.table().device()), 2, SEED);
    }

    private static Landscape landscape(Trainer trainer, Player player) {
        return new Landscape(probe(trainer), player, Scaling.FILTER, SEED);
    }

    @ParameterizedTest
    @EnumSource
    void lookingAroundLeavesNoTrace(Player player) {
        try (Trainer looked = tiny().trainer();
                Trainer plain = tiny().trainer()) {
            looked.iterate();
            plain.iterate();
            try (Landscape landscape = landscape(looked, player)) {
                landscape.at(0.5, -0.5);
                landscape.at(1, 0);
                landscape.cosines();
            }
            assertThat(TrainingBits.of(looked)).isEqualTo(TrainingBits.of(plain));
            looked.iterate();
            plain.iterate();
            assertThat(TrainingBits.of(looked)).isEqualTo(TrainingBits.of(plain));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheWeightsMakeADifference(Player player) {
        try (Trainer trainer = tiny().trainer()) {
            trainer.iterate();
            try (Landscape landscape = landscape(trainer, player)) {
                Map<String, Double> centre = landscape.at(0, 0);
                Map<String, Double> moved = landscape.at(0.5, 0.25);
                assertThat(landscape.at(0, 0)).isEqualTo(centre);
                assertThat(landscape.at(0.5, 0.25)).isEqualTo(moved);
                assertThat(moved.get(Probe.TOTAL)).isNotCloseTo(centre.get(Probe.TOTAL), within(1e-4));
            }
        }
    }

    @Test
    void twoRunsAreLookedAtAlongTheSameDirections() {
        try (Trainer one = tiny().trainer();
                Trainer other = tiny().trainer();
                Landscape first = landscape(one, Player.DISCRIMINATOR);
                Landscape second = landscape(other, Player.DISCRIMINATOR)) {
            assertThat(first.at(0.3, 0.7)).isEqualTo(second.at(0.3, 0.7));
            assertThat(first.at(0.3, 0.7)).isNotEqualTo(first.at(0.7, 0.3));
        }
    }

    @Test
    void theTotalIsTheWeightedSumOfTheParts() {
        try (Trainer trainer =
                Tiny.plain().with(new AuxiliaryClassifier(2, false)).trainer()) {
            trainer.iterate();
            try (Landscape landscape = landscape(trainer, Player.GENERATOR)) {
                Map<String, Double> losses = landscape.at(0, 0);
                double sum = losses.getOrDefault("adversarial", 0.0) + 2 * losses.getOrDefault("class", 0.0);
                assertThat(losses.get(Probe.TOTAL)).isCloseTo(sum, withinPercentage(1e-4));
            }
        }
    }

    /** Wasserstein's loss of the discriminator once more, times a number. */
    private record Echo(double weight) implements Term {
        @Override
        public void discriminator(Step s, Loss loss) {
            loss.add(
                    "echo",
                    weight,
                    s.onFake().score().mean().sub(s.onReal().score().mean()));
        }
    }

    private static double cosine(Method method) {
        try (Trainer trainer = Tiny.plain().with(new Wasserstein()).with(method).trainer();
                Landscape landscape = landscape(trainer, Player.DISCRIMINATOR)) {
            Map<String, Double> cosines = landscape.cosines();
            assertThat(cosines).hasSize(1);
            return cosines.values().iterator().next();
        }
    }

    @Test
    void aTermThatPullsTheSameWayHasCosineOneAndItsOppositeMinusOne() {
        assertThat(cosine(new Echo(3))).isCloseTo(1, within(1e-5));
        assertThat(cosine(new Echo(-0.5))).isCloseTo(-1, within(1e-5));
        assertThat(cosine(new AuxiliaryClassifier(1, false))).isStrictlyBetween(-0.99, 0.99);
    }

    @Test
    void placesAreEquallyFarApartWithTheCentreAmongThem() {
        assertThat(Landscape.axis(51, 1)).hasSize(51).contains(-1, -0.96, 0, 1);
        assertThat(Landscape.curvature(4, 1, 4, 0.5)).isEqualTo(24);
    }
}
