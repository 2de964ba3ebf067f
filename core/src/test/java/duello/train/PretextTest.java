package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.data.Dataset;
import duello.data.MemoryDataset;
import duello.data.Pixels;
import duello.dist.Collective;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Step;
import duello.method.Table;
import duello.method.condition.PlainLogit;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.model.LogitHead;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.States;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pretext tasks promise once they take part in training, on the smallest networks. */
class PretextTest {
    private static final String SMALL_TILES = "tiles: {grid: 2, orders: greedy, permutations: 12}";

    @TempDir
    private Path folder;

    private static Method method(String yaml) {
        return Tiny.read(Method.class, yaml);
    }

    private static Tiny tiny(Method... methods) {
        return Tiny.plain().with(Tiny.settings(3, 1, new Turns(1, 1, true))).with(methods);
    }

    private static Hook before(BiConsumer<Step, Loss> seen) {
        return new Hook() {
            @Override
            public void beforeBackward(Step s, Loss loss) {
                seen.accept(s, loss);
            }
        };
    }

    private static Loss.Part part(Loss loss, String name) {
        return loss.parts().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double largest(Tensor t) {
        double[] values = Ops.toDoubles(t);
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    // ---- gradients

    @ParameterizedTest
    @ValueSource(strings = {"deshuffle", "rotation", "ssgan_ms", "ssgan_la", "dagan"})
    void everyGeneratedImageLearnsFromTheTaskAndTheDiscriminatorDoesNot(String name) {
        List<Double> gradients = new ArrayList<>();
        Hook hook = before((s, loss) -> {
            if (s.player() == Player.GENERATOR) {
                Tensor each = Ops.grad(part(loss, name).value(), s.rawFake(), false);
                for (long i = 0; i < each.size(0); i++) {
                    gradients.add(largest(each.select(0, i)));
                }
            }
        });
        try (Trainer trainer = tiny(method(name), hook).trainer()) {
            trainer.turn(Player.GENERATOR).play(0, 0);
            assertThat(gradients).hasSize(4).allMatch(g -> g > 0);
            assertThat(trainer.table().discriminator().module().parameters().values())
                    .noneMatch(p -> p.grad().defined());
        }
    }

    @Test
    void theGeneratorHasNoPartInTheExchangeOfFeatures() {
        List<String> parts = new ArrayList<>();
        Hook hook = before(
                (s, loss) -> loss.parts().forEach(p -> parts.add(s.player().key() + "." + p.name())));
        try (Trainer trainer = tiny(method("fx_gan"), hook).trainer()) {
            trainer.iterate();
        }
        assertThat(parts).containsExactly("discriminator.adversarial", "discriminator.fx_gan", "generator.adversarial");
    }

    // ---- who sees what

    /** Remembers the features that the logit head read. */
    private record Spy(List<Features> read) implements LogitHead {
        @Override
        public Head build(HeadSite site, int classes) {
            Head plain = new PlainLogit().build(site, classes);
            return new Head() {
                @Override
                public Tensor read(Features features, Tensor labels, Forward f) {
                    read.add(features);
                    return plain.read(features, labels, f);
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deshuffle", "rotation", "ssgan_ms", "fx_gan"})
    void theAdversarialLossSeesUntouchedImagesOnly(String name) {
        Spy spy = new Spy(new ArrayList<>());
        List<Integer> others = new ArrayList<>();
        Hook hook = before((s, loss) -> {
            List<Features> main = new ArrayList<>();
            main.add(s.onFake().features());
            if (s.player() == Player.DISCRIMINATOR) {
                main.add(s.onReal().features());
                assertThat(Ops.toFloats(s.onReal().images())).containsExactly(Ops.toFloats(s.real()));
            }
            assertThat(spy.read).hasSameSizeAs(main).allMatch(main::contains);
            spy.read.clear();
            others.add((int)
                    s.judged().stream().filter(j -> j.origin() == Origin.OTHER).count());
        });
        try (Trainer trainer = tiny(method(name), hook).with(spy).trainer()) {
            trainer.iterate();
        }
        int once = name.equals("ssgan_ms") ? 2 : 1;
        assertThat(others).containsExactly(once, name.equals("fx_gan") ? 0 : 1);
    }

    @Test
    void theHeadLearnsOnGeneratedImagesOnlyWhereAsked() {
        try (Trainer published = tiny(method("deshuffle")).trainer();
                Trainer other =
                        tiny(method("{type: deshuffle, generated: true}")).trainer()) {
            published.iterate();
            other.iterate();
            assertThat(published.losses())
                    .containsKeys("discriminator.deshuffle", "generator.deshuffle")
                    .doesNotContainKey("discriminator.deshuffle_generated");
            assertThat(other.losses()).containsKey("discriminator.deshuffle_generated");
        }
    }

    @Test
    void anExchangedPassDiffersFromTheMainViewInItsFeaturesOnly() {
        Hook hook = before((s, loss) -> {
            if (s.player() == Player.DISCRIMINATOR) {
                Judged other = s.judged().get(2);
                assertThat(Ops.toFloats(other.images()))
                        .containsExactly(Ops.toFloats(s.onReal().images()));
                assertThat(Ops.toFloats(other.features().pooled()))
                        .isNotEqualTo(Ops.toFloats(s.onReal().features().pooled()));
            }
        });
        try (Trainer trainer = tiny(method("fx_gan"), hook).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses().get("discriminator.fx_gan")).isBetween(0.3, 1.5);
        }
    }

    @Test
    void aMapThatIsTooSmallForThePatchesIsRefused() {
        assertThatThrownBy(() -> tiny(method("{type: fx_gan, patch: 4}")).trainer())
                .isInstanceOf(Failure.class)
                .hasMessageMatching(
                        "fx_gan exchanges patches of 4x4 on maps of 11 rows or more, but blocks\\.0 has 8; .*");
    }

    // ---- in place of the adversarial loss

    @ParameterizedTest
    @ValueSource(strings = {"ssgan_la", "dagan", "{type: dagan, multi: true}"})
    void theAdversarialLossMakesRoomUnlessItIsKept(String yaml) {
        String kept = (yaml.startsWith("{") ? yaml.replace("}", "") : "{type: " + yaml) + ", keep_adversarial: true}";
        try (Trainer instead = tiny(method(yaml)).trainer();
                Trainer beside = tiny(method(kept)).trainer()) {
            byte[] logit = logitHead(instead);
            instead.iterate();
            beside.iterate();
            assertThat(instead.losses()).doesNotContainKeys("discriminator.adversarial", "generator.adversarial");
            assertThat(beside.losses()).containsKeys("discriminator.adversarial", "generator.adversarial");
            // DAGAN without outputs of its own plays with the recipe's logit head.
            assertThat(Arrays.equals(logitHead(instead), logit)).isEqualTo(!yaml.equals("dagan"));
        }
    }

    private static byte[] logitHead(Trainer trainer) {
        Map<String, Tensor> all = trainer.table().discriminator().module().parameters();
        return TrainingBits.of(Map.of("linear1", States.required(all, "linear1.weight_orig")));
    }

    @Test
    void choosingFakesForALossThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> tiny(method("ssgan_la"), method("top_k")).trainer())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("leave one out");
    }

    @Test
    void labelAugmentationTakesShufflesToo() {
        Method shuffled = method("{type: ssgan_la, loss: cross_entropy, task: {type: deshuffle}}");
        try (Trainer trainer = tiny(shuffled).trainer()) {
            Tensor weight =
                    States.required(trainer.table().discriminator().module().parameters(), "ssgan_la.weight_orig");
            assertThat(weight.size(0)).isEqualTo(60);
            trainer.iterate();
            assertThat(trainer.losses().get("discriminator.ssgan_la"))
                    .isPositive()
                    .isFinite();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: rotation, layout: all_four, share: 4, generated: true}",
                "{type: rotation, layout: quarters, share: 0.5}",
                "{type: deshuffle, share: 0.5, tiles: {grid: 4, orders: greedy, permutations: 50, exclude_identity: true}}",
                "{type: ssgan_ms, absolute: true, task: {type: deshuffle}}",
                "{type: ssgan_la, loss: cross_entropy}",
                "{type: dagan, multi: true, loss: vanilla, task: {type: deshuffle}}",
                "{type: fx_gan, rows: 4, patch: 1, area: 0.3}"
            })
    void everySettingTrains(String yaml) {
        try (Trainer trainer = tiny(method(yaml), method("diffaugment")).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses().values()).allMatch(Double::isFinite);
        }
    }

    // ---- what the log shows

    @ParameterizedTest
    @ValueSource(strings = {"deshuffle", "rotation", "ssgan_ms", "ssgan_la", "dagan"})
    void theLogShowsHowOftenTheTaskIsSolvedOnBothKindsOfImages(String name) {
        try (Trainer trainer = tiny(method(name)).trainer()) {
            assertThat(trainer.losses()).isEmpty();
            trainer.iterate();
            assertThat(trainer.losses()).containsKeys(name + ".accuracy_real", name + ".accuracy_generated");
            // Of batches of 4.
            assertThat(4 * trainer.losses().getOrDefault(name + ".accuracy_real", -1.0))
                    .isIn(0.0, 1.0, 2.0, 3.0, 4.0);
        }
    }

    // ---- the same again, and learning

    @Test
    void aResumedRunAsksForTheSameOrders() throws IOException {
        Tiny run = tiny(method("{type: deshuffle, " + SMALL_TILES + "}"));
        try (Trainer whole = run.trainer();
                Trainer resumed = run.trainer()) {
            whole.iterate();
            whole.save(folder.resolve("checkpoint"), Map.of());
            whole.iterate();
            resumed.load(folder.resolve("checkpoint"));
            resumed.iterate();
            assertThat(resumed.losses()).isEqualTo(whole.losses());
            assertThat(TrainingBits.of(resumed)).isEqualTo(TrainingBits.of(whole));
        }
    }

    @Test
    void theDiscriminatorLearnsToTellHowImagesAreTurned() {
        TrainSettings s = Tiny.settings(5, 1, new Turns(1, 0, true));
        TrainSettings quick = new TrainSettings(
                s.steps(),
                16,
                1,
                s.updates(),
                s.generator(),
                new AdamSettings(0.004, 0.5, 0.999, 1e-6, 0),
                s.average(),
                false,
                false,
                s.precision(),
                s.processes(),
                s.device(),
                s.seed());
        Setup setup = new Setup(
                new Setup.Players(Tiny.bigResNet(), new PlainLogit()),
                Tiny.plain().adversarial(),
                List.of(method("rotation")),
                quick,
                new Table.Data(skies(), PretextTest::skies),
                Collective.LOCAL);
        try (Trainer trainer = new Trainer(setup)) {
            for (int i = 0; i < 40; i++) {
                trainer.iterate();
            }
            double late = 0;
            for (int i = 0; i < 10; i++) {
                trainer.iterate();
                late += trainer.losses().getOrDefault("rotation.accuracy_real", 0.0) / 10;
            }
            // Of 160 images; whoever guesses is right about a quarter of them.
            assertThat(late).isGreaterThan(0.6);
        }
    }

    /** Images that are bright above and dark below. */
    private static Dataset skies() {
        int count = 48;
        Pixels pixels = new Pixels(count, 16);
        Random random = new Random(2);
        byte[] image = new byte[3 * 16 * 16];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < image.length; j++) {
                image[j] = (byte) (random.nextInt(60) + (j / 16 % 16 < 6 ? 180 : 0));
            }
            pixels.write(i, image, 0);
        }
        return new MemoryDataset("skies", List.of("sky"), new int[count], pixels);
    }
}
