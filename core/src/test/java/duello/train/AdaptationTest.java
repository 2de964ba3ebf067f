package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.method.Hook;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.adversarial.Vanilla;
import duello.model.Backbone;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.States;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The methods of adaptation in training, each beside what it is published with. */
class AdaptationTest {
    private static Method read(String yaml) {
        return Tiny.read(Method.class, yaml);
    }

    private static Tiny tiny(Method... methods) {
        return Tiny.plain()
                .with(new Vanilla())
                .with(Tiny.settings(5, 1, new Turns(1, 1, true)))
                .with(methods)
                .suited();
    }

    /** Looks at every step after its backward pass. */
    private static Hook looking(Consumer<Step> look) {
        return new Hook() {
            @Override
            public void afterBackward(Step s, Loss loss) {
                look.accept(s);
            }
        };
    }

    private static Set<String> withGradient(Trainer trainer, Player player) {
        return trainer.turn(player).parameters().own().entrySet().stream()
                .filter(e -> e.getValue().grad().defined())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static double loss(Trainer trainer, String part) {
        return Objects.requireNonNull(trainer.losses().get(part), part);
    }

    // ---- relaxed realism

    @Test
    void patchesAreJudgedInThreeIterationsOfFourAndTheOtherHeadThenRests() {
        List<Long> dimensions = new ArrayList<>();
        Hook hook = looking(s -> {
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
        Hook hook = looking(s -> {
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

    @Test
    void aMapThatIsNotThereIsRefusedWithThoseThatAre() {
        for (String yaml : List.of(
                "{type: relaxed_realism, layers: [conv9]}",
                "{type: cdc, layers: [conv9]}",
                "{type: dcl, discriminator_layers: [conv9]}",
                "{type: self_correlation, layers: [conv9]}")) {
            assertThatThrownBy(() -> tiny(read(yaml)).trainer())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("'conv9'")
                    .hasMessageContaining("blocks.0");
        }
    }

    // ---- against the source

    static Stream<String> generatorTerms() {
        return Stream.of("cdc", "dcl", "self_correlation", "disturbance_correlation");
    }

    @ParameterizedTest
    @MethodSource("generatorTerms")
    void theSourceGetsNoGradientAndDoesNotMove(String name) {
        try (Trainer trainer = tiny(read("type: " + name)).trainer()) {
            byte[] before = TrainingBits.of(trainer.table().source().module());
            trainer.iterate();
            assertThat(TrainingBits.of(trainer.table().source().module())).isEqualTo(before);
            assertThat(trainer.table().source().module().parameters().values())
                    .noneMatch(p -> p.grad().defined() || p.requires_grad());
            assertThat(trainer.losses()).containsKey("generator." + name);
        }
    }

    /** Without spectral normalisation, whose vectors move from pass to pass, networks that are equal give equal maps. */
    private static final Backbone STILL = Tiny.read(
            Backbone.class,
            "{type: big_resnet, latent: 6, shared: 5, conditional: false, generator: {width: 4}, discriminator: {width: 4}}");

    @ParameterizedTest
    @MethodSource("generatorTerms")
    void equalGeneratorsCorrespond(String name) {
        Map<String, Double> losses = new LinkedHashMap<>();
        Hook hook = new Hook() {
            @Override
            public void beforeBackward(Step s, Loss loss) {
                loss.values().forEach((part, value) -> losses.put(part, value.item_double()));
            }
        };
        Tiny tiny = Tiny.plain()
                .with(STILL)
                .with(Tiny.settings(5, 1, new Turns(0, 1, true)))
                .with(read("type: " + name), hook)
                .suited();
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
        }
        if (name.equals("dcl")) {
            assertThat(losses.get(name)).isPositive();
        } else {
            assertThat(losses.get(name)).isCloseTo(0, within(1e-9));
        }
    }

    // ---- DCL

    @Test
    void theDiscriminatorsContrastUsesTheMainViewOfTheRealsAndNoGeneratorLearnsFromIt() {
        List<Integer> views = new ArrayList<>();
        Hook hook = looking(s -> views.add(s.judged().size()));
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
        Hook hook = looking(s -> passes[0] += s.judged().size());
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

    // ---- EWC

    @Test
    void elasticWeightsArePulledBackToTheSource() {
        try (Trainer free = tiny().from(source()).trainer();
                Trainer held = tiny(read("{type: ewc, weight: 1e4, normalise: true, samples: 20}"))
                        .from(source())
                        .trainer()) {
            for (int i = 0; i < 6; i++) {
                free.iterate();
                held.iterate();
            }
            assertThat(distance(held)).isPositive().isLessThan(distance(free));
            assertThat(held.losses().get("generator.ewc")).isPositive();
        }
    }

    @Test
    void theInformationIsOfTheSourcesParametersAndStaysAsItWasEstimated() {
        try (Trainer trainer =
                tiny(read("{type: ewc, samples: 5}")).from(source()).trainer()) {
            trainer.iterate();
            Map<String, Tensor> fisher = trainer.roles().state();
            assertThat(fisher.values().stream()
                            .mapToDouble(f -> f.sum().item_double())
                            .sum())
                    .isPositive();
            byte[] before = TrainingBits.of(fisher);
            trainer.iterate();
            assertThat(TrainingBits.of(fisher)).isEqualTo(before);
        }
    }

    private static Source source() {
        Tiny started = Tiny.plain().with(read("type: cdc")).suited();
        Source source = started.players().source();
        return Objects.requireNonNull(source);
    }

    private static double distance(Trainer trainer) {
        double sum = 0;
        Map<String, Tensor> source = trainer.table().source().module().parameters();
        for (Map.Entry<String, Tensor> p :
                trainer.table().generator().module().parameters().entrySet()) {
            sum += Ops.square(p.getValue().detach().sub(States.required(source, p.getKey())))
                    .sum()
                    .item_double();
        }
        return sum;
    }

    // ---- MineGAN and BSA

    @Test
    void theMinerLearnsFirstAndThenTheGeneratorToo() {
        try (Trainer trainer =
                tiny(read("{type: minegan, mining: 1}")).from(source()).trainer()) {
            trainer.iterate();
            assertThat(distance(trainer, "miner")).isZero();
            assertThat(withGradient(trainer, Player.GENERATOR)).allMatch(n -> n.startsWith("miner."));
            trainer.iterate();
            assertThat(distance(trainer, "miner")).isPositive();
        }
    }

    private static double distance(Trainer trainer, String without) {
        double sum = 0;
        Map<String, Tensor> own = trainer.table().generator().module().parameters();
        assertThat(own.keySet()).anyMatch(n -> n.startsWith(without));
        for (Map.Entry<String, Tensor> p :
                trainer.table().source().module().parameters().entrySet()) {
            sum += Ops.square(States.required(own, p.getKey()).detach().sub(p.getValue()))
                    .sum()
                    .item_double();
        }
        return sum;
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
            assertThat(distance(trainer, "scales")).isZero();
            assertThat(TrainingBits.of(latents)).isNotEqualTo(before);
            assertThat(first).isPositive();
            assertThat(trainer.losses())
                    .containsKeys("generator.bsa_features", "generator.bsa_spread", "generator.bsa_scales")
                    .doesNotContainKey("generator.adversarial");
        }
    }

    // ---- RSSA

    @Test
    void disturbanceTakesPartEverySixthTimeOnly() {
        List<Boolean> there = new ArrayList<>();
        Hook hook = new Hook() {
            @Override
            public void beforeBackward(Step s, Loss loss) {
                if (s.player() == Player.GENERATOR) {
                    there.add(loss.values().containsKey("disturbance_correlation"));
                }
            }
        };
        try (Trainer trainer = tiny(read("type: disturbance_correlation"), hook).trainer()) {
            for (int i = 0; i < 7; i++) {
                trainer.iterate();
            }
        }
        assertThat(there).containsExactly(true, false, false, false, false, false, true);
    }

    @Test
    void compressedLatentsComeNearerToTheSpanOfTheFoundOnes() {
        List<Tensor> codes = new ArrayList<>();
        Hook hook = looking(s -> codes.add(Scope.keep(s.code().w().detach())));
        try (Trainer trainer = tiny(read("{type: latent_compression, blend: [1], steps: 2}"), hook)
                .trainer()) {
            trainer.iterate();
        }
        try (Trainer plain =
                tiny(looking(s -> codes.add(Scope.keep(s.code().w().detach())))).trainer()) {
            plain.iterate();
        }
        // 40 images span all 6 dimensions, where the nearest point is the code itself.
        assertThat(Ops.toFloats(codes.get(0)))
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly(Ops.toFloats(codes.get(codes.size() / 2)));
    }

    // ---- together

    @Test
    void theEntriesOfAPaperStandSideBySide() {
        Method[] all = {
            read("{type: relaxed_realism, every: 2}"),
            read("type: cdc"),
            read("type: dcl"),
            read("{type: ewc, samples: 2}"),
            read("type: self_correlation"),
            read("type: disturbance_correlation"),
            read("{type: latent_compression, steps: 2}"),
            read("{type: minegan, mining: 1}"),
            read("type: diffaugment")
        };
        try (Trainer trainer = tiny(all).trainer()) {
            for (int i = 0; i < 3; i++) {
                trainer.iterate();
            }
            assertThat(trainer.losses().values()).allMatch(Double::isFinite);
        }
    }

    static Stream<String> backbones() {
        return Stream.of("deep_conv", "resnet", "big_resnet_deep", "deshuffle_sngan", "deshuffle_dcgan");
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void everyFamilyCanBeAdapted(String type) {
        Backbone backbone = Tiny.read(
                Backbone.class,
                "type: " + type + "\nlatent: 8\ngenerator: {width: 4}\ndiscriminator: {width: 4, spectral_norm: true}");
        Tiny tiny = Tiny.plain()
                .with(backbone)
                .with(new Vanilla())
                .with(Tiny.settings(5, 1, new Turns(1, 1, true)))
                .with(
                        read("{type: relaxed_realism, every: 2, maps: 2}"),
                        read("type: cdc"),
                        read("type: dcl"),
                        read("type: self_correlation"),
                        read("type: disturbance_correlation"))
                .suited();
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
            trainer.iterate();
            assertThat(trainer.losses().values()).hasSizeGreaterThan(6).allMatch(Double::isFinite);
        }
    }

    @Test
    void aNumberIsPickedWithoutTheDevice() {
        int[] counts = new int[3];
        SeededDraws draws = new SeededDraws(3, Devices.CPU);
        for (int i = 0; i < 300; i++) {
            counts[draws.pick(3)]++;
        }
        assertThat(counts[0]).isBetween(70, 130);
        assertThat(counts[1]).isBetween(70, 130);
    }
}
