package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.method.Freeze;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.method.augment.DiffAugment;
import duello.method.condition.Contrastive;
import duello.method.regularize.BalancedConsistency;
import duello.method.regularize.Consistency;
import duello.method.regularize.FeatureMatching;
import duello.method.regularize.FreezeD;
import duello.method.regularize.LatentConsistency;
import duello.method.regularize.LeCam;
import duello.method.regularize.R1;
import duello.method.regularize.TopK;
import duello.method.regularize.WeightClipping;
import duello.model.Backbone;
import duello.torch.Ops;
import duello.torch.States;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What regularisers do in the turns of a run, beyond their formulas. */
class RegularizersTest {
    private static final DiffAugment OTHER_VIEW = new DiffAugment(List.of(DiffAugment.Kind.values()));

    /** One update of one micro batch for each player. */
    private static Tiny once() {
        return Tiny.plain().with(Tiny.settings(0, 1, new Turns(1, 1, true)));
    }

    /** Looks at every step after its gradients are there. */
    private record Watch(Looking looking) implements Hook {
        interface Looking {
            void at(Step s, Loss loss);
        }

        @Override
        public void afterBackward(Step s, Loss loss) {
            looking.at(s, loss);
        }
    }

    /** Looks at every step of the discriminator while its graph is there. */
    private record Among(Watch.Looking looking) implements Term {
        @Override
        public void discriminator(Step s, Loss loss) {
            looking.at(s, loss);
        }
    }

    private static List<Double> values(Tensor t) {
        return Arrays.stream(Ops.toDoubles(t)).boxed().toList();
    }

    // ---- consistency

    @Test
    void consistencyPullsBothViewsTogether() {
        List<Double> sums = new ArrayList<>();
        Method probe = new Among((s, loss) -> {
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
        try (Trainer trainer = once().with(new Contrastive(1, 1, 8), probe).trainer()) {
            trainer.iterate();
        }
        assertThat(sums).singleElement().matches(sum -> sum > 0);
    }

    @Test
    void balancedConsistencyComparesRealsWithRealsAndFakesWithFakes() {
        List<String> passes = new ArrayList<>();
        Method watch = new Watch((s, loss) -> {
            if (s.player() == Player.DISCRIMINATOR) {
                s.judged().forEach(j -> passes.add(j.origin() + (j.augmented() ? " main" : " other")));
                Judged fake = s.judged().get(3);
                assertThat(values(fake.labels())).isEqualTo(values(s.latent().labels()));
                double byHand = meanSquare(s.onFake().logit(), fake.logit());
                assertThat(States.required(loss.values(), "bcr.fake").item_double())
                        .isCloseTo(byHand, within(1e-6));
            }
        });
        try (Trainer trainer =
                once().with(new BalancedConsistency(10, 5, OTHER_VIEW), watch).trainer()) {
            trainer.iterate();
        }
        assertThat(passes).containsExactly("REAL main", "FAKE main", "REAL other", "FAKE other");
    }

    private static double meanSquare(Tensor one, Tensor other) {
        return Arrays.stream(Ops.toDoubles(one.sub(other)))
                .map(d -> d * d)
                .average()
                .orElseThrow();
    }

    @Test
    void latentConsistencyPullsJudgementsTogetherAndImagesApart() {
        List<Player> seen = new ArrayList<>();
        Method watch = new Watch((s, loss) -> {
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
                once().with(new LatentConsistency(0.05, 20, 0.5), watch).trainer()) {
            trainer.iterate();
        }
        assertThat(seen).containsExactly(Player.DISCRIMINATOR, Player.GENERATOR);
    }

    // ---- the generator's

    @Test
    void featureMatchingComparesWithFreshRealsThatAreLookedAtOnce() {
        List<String> batches = new ArrayList<>();
        Method watch = new Watch((s, loss) -> {
            batches.add(values(s.ids()).toString());
            if (s.player() == Player.GENERATOR) {
                assertThat(s.judged()).extracting(Judged::origin).containsExactly(Origin.FAKE, Origin.REAL);
            }
        });
        try (Trainer trainer = once().with(new FeatureMatching(1), watch).trainer()) {
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
        Method watch = new Watch((s, loss) -> {
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

    // ---- LeCam

    @Test
    void leCamStartsFromTheFirstBatchAndPenalisesLater() {
        List<double[]> real = new ArrayList<>();
        List<double[]> fake = new ArrayList<>();
        Method watch = new Watch((s, loss) -> {
            if (s.player() == Player.DISCRIMINATOR) {
                real.add(Ops.toDoubles(s.onReal().score()));
                fake.add(Ops.toDoubles(s.onFake().score()));
            }
        });
        try (Trainer trainer = quick().with(new LeCam(0.3, 0, 0.9), watch).trainer()) {
            trainer.iterate();
            double averageReal = mean(real.get(0));
            double averageFake = mean(fake.get(0));
            assertThat(trainer.losses().get("lecam.real")).isCloseTo(averageReal, near(averageReal));
            assertThat(trainer.losses()).doesNotContainKey("discriminator.lecam");
            double sum = 0;
            for (int i = 1; i < 4; i++) {
                trainer.iterate();
                averageReal = 0.9 * averageReal + 0.1 * mean(real.get(i));
                averageFake = 0.9 * averageFake + 0.1 * mean(fake.get(i));
                double expected =
                        squaredExcess(real.get(i), 1, averageFake) + squaredExcess(fake.get(i), -1, -averageReal);
                assertThat(trainer.losses().get("lecam.real")).isCloseTo(averageReal, near(averageReal));
                assertThat(trainer.losses().get("lecam.fake")).isCloseTo(averageFake, near(averageFake));
                assertThat(trainer.losses().get("discriminator.lecam")).isCloseTo(expected, near(expected));
                sum += expected;
            }
            assertThat(sum).isGreaterThan(1e-5);
        }
    }

    private static Offset<Double> near(double value) {
        return within(1e-5 * (1 + Math.abs(value)));
    }

    /** The same with a discriminator that tells reals from fakes after few updates. */
    private static Tiny quick() {
        TrainSettings s = once().train();
        return once().with(new TrainSettings(
                s.steps(),
                s.batch(),
                s.accumulate(),
                s.updates(),
                s.generator(),
                new AdamSettings(0.004, 0.5, 0.999, 1e-6, 0),
                s.average(),
                s.flip(),
                s.replacement(),
                s.precision(),
                s.processes(),
                s.device(),
                s.seed()));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double squaredExcess(double[] scores, double sign, double over) {
        return Arrays.stream(scores)
                .map(s -> Math.max(0, sign * s - over))
                .map(d -> d * d)
                .average()
                .orElseThrow();
    }

    // ---- weights

    @Test
    void clippedWeightsStayInBoundsAndOthersAreLeftAlone() {
        Method lender = new Method() {
            @Override
            public Method build(Table table) {
                table.discriminator().site().forGenerator().linear("lent", 3, true);
                return this;
            }
        };
        try (Trainer trainer = once().with(new WeightClipping(0.01), new FreezeD(1, FreezeD.Match.INDEX), lender)
                .trainer()) {
            Map<String, Tensor> all = trainer.table().discriminator().module().parameters();
            Map<String, List<Double>> before = copies(all);
            assertThat(largest(values(States.required(all, "lent.weight_orig"))))
                    .isGreaterThan(0.01);
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            copies(all).forEach((name, after) -> {
                if (name.startsWith("lent.") || name.startsWith("blocks.0.")) {
                    assertThat(after).as(name).isEqualTo(before.get(name));
                } else {
                    assertThat(largest(after)).as(name).isLessThanOrEqualTo(0.01f);
                }
            });
        }
    }

    private static double largest(List<Double> values) {
        return values.stream().mapToDouble(Math::abs).max().orElseThrow();
    }

    private static Map<String, List<Double>> copies(Map<String, Tensor> tensors) {
        Map<String, List<Double>> copies = new LinkedHashMap<>();
        tensors.forEach((name, t) -> copies.put(name, values(t)));
        return copies;
    }

    @Test
    void frozenBlocksStayAndTheOthersLearn() {
        try (Trainer trainer = once().with(new FreezeD(2, FreezeD.Match.INDEX)).trainer()) {
            Map<String, Tensor> all = trainer.table().discriminator().module().parameters();
            Map<String, List<Double>> before = copies(all);
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            all.forEach((name, p) -> {
                boolean frozen = name.startsWith("blocks.0.") || name.startsWith("blocks.1.");
                assertThat(p.grad().defined()).as(name).isEqualTo(!frozen);
                assertThat(values(p).equals(before.get(name)))
                        .as(name)
                        .isEqualTo(frozen || largest(values(p.grad())) == 0);
            });
            assertThat(before.keySet()).anyMatch(name -> name.startsWith("blocks.2."));
            trainer.turn(Player.GENERATOR).play(0, 0);
            assertThat(trainer.table().generator().module().parameters().values())
                    .anyMatch(p -> largest(values(p.grad())) > 0);
        }
    }

    @Test
    void aBlockIsFrozenByItsWholeNumberUnlessAskedOtherwise() {
        String deep =
                "{type: big_resnet_deep, generator: {width: 4}, discriminator: {width: 4}, depth: {discriminator: 6}}";
        try (Trainer trainer = once().with(Tiny.read(Backbone.class, deep)).trainer()) {
            Freeze whole = freeze(new FreezeD(2, FreezeD.Match.INDEX), trainer);
            Freeze substring = freeze(new FreezeD(2, FreezeD.Match.SUBSTRING), trainer);
            for (String block : List.of("0", "1")) {
                String name = parameter(trainer, "blocks." + block + ".");
                assertThat(whole.frozen(Player.DISCRIMINATOR, name, 0)).isTrue();
                assertThat(substring.frozen(Player.DISCRIMINATOR, name, 0)).isTrue();
                assertThat(whole.frozen(Player.GENERATOR, name, 0)).isFalse();
            }
            String tenth = parameter(trainer, "blocks.10.");
            assertThat(whole.frozen(Player.DISCRIMINATOR, tenth, 0)).isFalse();
            assertThat(substring.frozen(Player.DISCRIMINATOR, tenth, 0)).isTrue();
            assertThat(substring.frozen(Player.DISCRIMINATOR, parameter(trainer, "linear1."), 0))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deshuffle_dcgan | {width: 8, attention: [1]} | main.Start- / main.Attention [1]",
                "deshuffle_sngan | {width: 8, attention: [1]} | main.ResBlock_0. / main.Attention_0.",
                "deep_conv | {width: 8, attention: [1]} | blocks.0. / blocks.1.",
                "stylegan2 | {channel_base: 64, channel_max: 6} | b16.",
            })
    void everyFamilyCountsItsBlocksFromTheImage(String family, String discriminator, String frozen) {
        String model = "{type: %s, discriminator: %s}".formatted(family, discriminator);
        List<String> beginnings = List.of(frozen.split(" / "));
        try (Trainer trainer = once().with(Tiny.read(Backbone.class, model))
                .with(new FreezeD(2, FreezeD.Match.INDEX))
                .trainer()) {
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            Map<String, Tensor> all = trainer.table().discriminator().module().parameters();
            all.forEach((name, p) -> assertThat(p.grad().defined())
                    .as(name)
                    .isEqualTo(beginnings.stream().noneMatch(name::startsWith)));
            beginnings.forEach(b -> assertThat(parameter(trainer, b)).startsWith(b));
        }
    }

    private static Freeze freeze(FreezeD entry, Trainer trainer) {
        return (Freeze) entry.build(trainer.table());
    }

    private static String parameter(Trainer trainer, String beginning) {
        return trainer.table().discriminator().module().parameters().keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void moreFrozenBlocksThanThereAreAreRefused() {
        Tiny tiny = once().with(new FreezeD(90, FreezeD.Match.INDEX));
        assertThatThrownBy(tiny::trainer)
                .isInstanceOf(Failure.class)
                .hasMessageMatching("freeze_d.blocks is 90, but this discriminator has \\d+ blocks; .*");
    }
}
