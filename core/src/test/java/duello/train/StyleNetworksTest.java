package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.data.AbsentDataset;
import duello.dist.Collective;
import duello.io.Golden;
import duello.io.SafeTensors;
import duello.method.Player;
import duello.method.latent.StyleMixing;
import duello.method.regularize.PathLength;
import duello.model.Code;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.ImageDomain;
import duello.model.Latent;
import duello.model.Maps;
import duello.model.Weights;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Forward.Noise;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.States;
import duello.train.SamplingSettings.Statistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to style networks: codes, noise, their average, and what is done with them. */
class StyleNetworksTest {
    private static final ImageDomain DOMAIN = new ImageDomain(16, Tiny.CLASSES);

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** Small networks whose noise and average are not neutral. */
    private static Generator generator() {
        Generator g = Family.STYLE.smallest().generator(DOMAIN, 1, Devices.CPU);
        Draws draws = new SeededDraws(2, Devices.CPU);
        Scope.withoutGrad(() -> g.module().state().forEach((name, t) -> {
            if (name.endsWith("noise_strength") || name.endsWith("w_avg")) {
                t.copy_(Ops.add(draws.normal(Ops.shape(t)), 0.5));
            }
        }));
        return g;
    }

    private static Latent latent(Generator g, int count) {
        return new Latent(g.space().draw(new SeededDraws(3, Devices.CPU), count), Ops.tensor(new long[count], count));
    }

    // ---- named maps

    @Test
    void everyStyledConvolutionHasANameAndAMap() {
        Generator g = generator();
        Code code = g.map(latent(g, 2), Forward.EVALUATION);
        Maps maps = new Maps(Forward.Tap.NONE);
        g.draw(code, Forward.EVALUATION.with(maps));
        assertThat(g.layers())
                .containsExactly(
                        "synthesis.b4.conv1",
                        "synthesis.b8.conv0",
                        "synthesis.b8.conv1",
                        "synthesis.b16.conv0",
                        "synthesis.b16.conv1")
                .hasSize((int) code.w().size(1) - 1);
        assertThat(maps.seen().keySet()).containsExactlyElementsOf(g.layers());
        for (String layer : g.layers()) {
            assertThat(Ops.toFloats(g.map(layer, code, Forward.EVALUATION)))
                    .isEqualTo(Ops.toFloats(Objects.requireNonNull(maps.seen().get(layer))));
        }
    }

    @Test
    void nothingBehindAWantedMapIsComputed() {
        Generator g = generator();
        List<Long> asked = new ArrayList<>();
        Noise counting = (stored, batch) -> {
            asked.add(stored.size(0));
            return null;
        };
        g.map("synthesis.b8.conv0", g.map(latent(g, 2), Forward.EVALUATION), Forward.EVALUATION.withNoise(counting));
        assertThat(asked).containsExactly(4L, 8L);

        Discriminator d = Family.STYLE.smallest().discriminator(DOMAIN, 1, Devices.CPU);
        Tensor images = new SeededDraws(4, Devices.CPU).normal(4, 3, 16, 16);
        List<String> seen = new ArrayList<>();
        Tensor map = d.map("b16.conv1", images, Forward.EVALUATION.with((layer, m) -> {
            seen.add(layer);
            return m;
        }));
        assertThat(seen).containsExactly("b16.fromrgb", "b16.conv0", "b16.conv1", "b16");
        assertThat(Ops.toFloats(map))
                .isEqualTo(Ops.toFloats(d.observed(images, Forward.EVALUATION).map("b16.conv1")));
        assertThatThrownBy(() -> d.map("b32", images, Forward.EVALUATION)).hasMessageContaining("b32");
        assertThatThrownBy(() -> g.map("b8", g.map(latent(g, 2), Forward.EVALUATION), Forward.EVALUATION))
                .hasMessageContaining("b8");
    }

    // ---- codes

    @Test
    void mixingReplacesTheStylesOfAllLayersFromOneOn() {
        Generator g = generator();
        Latent latent = latent(g, 3);
        Code code = g.map(latent, Forward.EVALUATION);
        List<Integer> crossovers = new ArrayList<>();
        for (int seed = 0; seed < 40; seed++) {
            Code mixed = new StyleMixing(1).refine(g, latent, code, new SeededDraws(seed, Devices.CPU));
            Tensor kept = mixed.w().eq(code.w()).all(2, false);
            List<Boolean> layers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                boolean all = kept.select(1, i).all().item_bool();
                assertThat(kept.select(1, i).any().item_bool())
                        .as("one decision for the batch")
                        .isEqualTo(all);
                layers.add(all);
            }
            int first = layers.indexOf(false);
            assertThat(layers.subList(first, 6)).doesNotContain(true);
            crossovers.add(first);
        }
        assertThat(crossovers).contains(1, 2, 3, 4, 5).doesNotContain(0, -1);
        Code never = new StyleMixing(0).refine(g, latent, code, new SeededDraws(1, Devices.CPU));
        assertThat(Ops.toFloats(never.w())).isEqualTo(Ops.toFloats(code.w()));
    }

    @Test
    void theAverageOfMappedLatentsMovesInTheDiscriminatorsTurnOnly() {
        try (Trainer trainer = Tiny.plain().with(Family.STYLE.smallest()).trainer()) {
            Tensor average = Objects.requireNonNull(trainer.table().generator().center());
            trainer.turn(Player.GENERATOR).play(0, 0);
            assertThat(average.abs().max().item_double()).isZero();
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            assertThat(average.abs().max().item_double()).isPositive();
        }
    }

    @Test
    void pathLengthsHaveAnUpdateToThemselvesAfterEveryFourthOfTheGenerator() {
        Tiny tiny = Tiny.plain().with(new PathLength(2, 4, 0.01, 2)).suited();
        try (Trainer trainer = tiny.trainer()) {
            Tensor average = Objects.requireNonNull(trainer.roles().measures().get("path_length.average"));
            List<Boolean> moved = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                double before = average.item_double();
                trainer.iterate();
                moved.add(average.item_double() != before);
            }
            assertThat(moved).containsExactly(true, false, false, false, true, false);
            assertThat(trainer.losses()).containsKey("generator.path_length");
        }
    }

    // ---- averages

    @Test
    void anAverageByHalfLifeCopiesBuffersAndMovesParameters() {
        Module average = module(0, 0);
        Module source = module(1, 1);
        AverageSettings settings = new AverageSettings(0.5, 0, new AverageSettings.HalfLife(1, null));
        settings.update(average, source, 3, 1000);
        assertThat(Ops.toFloats(States.required(average.parameters(), "p"))).containsExactly(0.5f);
        assertThat(Ops.toFloats(States.required(average.buffers(), "b"))).containsExactly(1f);
    }

    private static Module module(float parameter, float buffer) {
        Module module = new Module();
        module.parameter("p", Ops.tensor(new float[] {parameter}, 1));
        module.buffer("b", Ops.tensor(new float[] {buffer}, 1));
        return module;
    }

    // ---- samples

    private static float[] drawn(
            @Nullable Double psi, @Nullable Integer cutoff, SamplingSettings.Noise noise, int first, int count) {
        SamplingSettings settings =
                new SamplingSettings(null, Statistics.RUNNING, SamplingSettings.PLAIN.standing(), psi, cutoff, noise);
        Sampler sampler = new Sampler(generator(), Tiny.CLASSES, Devices.CPU, settings, LatentChain.NONE);
        return Ops.toFloats(sampler.images(7, first, new long[count]));
    }

    private static double apart(float[] one, float[] other) {
        double most = 0;
        for (int i = 0; i < one.length; i++) {
            most = Math.max(most, Math.abs(one[i] - other[i]));
        }
        return most;
    }

    @Test
    void anImageHasItsOwnNoiseWhateverItIsDrawnWith() {
        float[] together = drawn(null, null, SamplingSettings.Noise.RANDOM, 0, 5);
        float[] alone = drawn(null, null, SamplingSettings.Noise.RANDOM, 3, 1);
        int size = 3 * 16 * 16;
        float[] third = Arrays.copyOfRange(together, 3 * size, 4 * size);
        assertThat(apart(alone, third)).isLessThan(1e-4);
        assertThat(apart(alone, drawn(null, null, SamplingSettings.Noise.STORED, 3, 1)))
                .isGreaterThan(1e-2);
        assertThat(apart(alone, drawn(null, null, SamplingSettings.Noise.NONE, 3, 1)))
                .isGreaterThan(1e-2);
    }

    @Test
    void psiDrawsStylesTowardsTheirAverage() {
        float[] plain = drawn(null, null, SamplingSettings.Noise.NONE, 0, 2);
        float[] whole = drawn(1.0, null, SamplingSettings.Noise.NONE, 0, 2);
        float[] none = drawn(0.0, null, SamplingSettings.Noise.NONE, 0, 2);
        float[] partly = drawn(0.0, 2, SamplingSettings.Noise.NONE, 0, 2);
        int size = 3 * 16 * 16;
        assertThat(apart(plain, whole)).isLessThan(1e-4);
        assertThat(apart(Arrays.copyOf(none, size), Arrays.copyOfRange(none, size, 2 * size)))
                .as("every image is that of the average")
                .isLessThan(1e-4);
        assertThat(apart(partly, none)).isGreaterThan(1e-2);
        assertThat(apart(partly, plain)).isGreaterThan(1e-2);
    }

    @Test
    void psiAndNoiseMeanNothingToOtherNetworks() {
        Generator other = Tiny.bigResNet().generator(DOMAIN, 1, Devices.CPU);
        SamplingSettings settings = new SamplingSettings(
                null, Statistics.RUNNING, SamplingSettings.PLAIN.standing(), 0.5, null, SamplingSettings.Noise.RANDOM);
        assertThatThrownBy(() -> new Sampler(other, 3, Devices.CPU, settings, LatentChain.NONE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("style networks");
        assertThatThrownBy(() -> new SamplingSettings(
                        null, Statistics.RUNNING, settings.standing(), null, 3, SamplingSettings.Noise.RANDOM))
                .hasMessageContaining("cutoff");
        assertThat(settings.words(1)).isEqualTo("running, psi 0.5");
    }

    @Test
    void aRecipeThatNeedsAMappingNetworkSaysSo() {
        assertThatThrownBy(() -> RecipeReader.standard()
                        .read(
                                new RecipeText("r", "extends: shapes/dcgan\nmethods: [{type: path_length}]\n", null),
                                List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("mapping network");
    }

    // ---- checkpoints of the published implementation

    @Test
    void aCheckpointOfThePublishedImplementationArrivesWhole() {
        Path fixture = Golden.folder().resolve("stylegan2_32_cadain_spd_orig");
        String yaml = """
                data: {type: cifar10}
                model:
                  type: stylegan2
                  latent: 32
                  conditional: true
                  mapping: {width: 32, layers: 2}
                  generator: {channel_base: 256, channel_max: 32}
                  discriminator: {channel_base: 256, channel_max: 32, architecture: orig}
                adversarial: {type: logistic}
                logit: {type: style_projection}
                train:
                  batch: 8
                  device: cpu
                  generator: {type: adam, rate: 2.5e-3, beta1: 0, beta2: 0.99, eps: 1e-8, interval: 4}
                  discriminator: {type: adam, rate: 2.5e-3, beta1: 0, beta2: 0.99, eps: 1e-8, interval: 16}
                  average: {half_life: {thousands: 500, ramp_up: 0.05}}
                """;
        Experiment e = RecipeReader.standard().read(new RecipeText("r", yaml, null), List.of());
        AbsentDataset images = new AbsentDataset(32, Collections.nCopies(10, "c"));
        try (Trainer trainer = new Trainer(e.setup(images, Collective.LOCAL))) {
            assertThat(StudioGanImport.read(StudioGanFiles.in(fixture, null)).into(trainer))
                    .as("the optimisers' settings are the file's; only ADA's probability is left over, which is 0")
                    .singleElement()
                    .asString()
                    .contains("aa_p=0.0");
            assertThat(Weights.arrays(trainer.table().generator().module().state()))
                    .isEqualTo(
                            SafeTensors.read(fixture.resolve("G.safetensors")).tensors());
            assertThat(Weights.arrays(trainer.table().average().module().state()))
                    .isEqualTo(SafeTensors.read(fixture.resolve("G_ema.safetensors"))
                            .tensors());
            assertThat(Weights.arrays(trainer.table().discriminator().module().state()))
                    .isEqualTo(
                            SafeTensors.read(fixture.resolve("D.safetensors")).tensors());
            Map<String, Tensor> state =
                    trainer.turn(Player.DISCRIMINATOR).optimizer().state();
            assertThat(States.required(state, "mapping.fc0.weight.exp_avg")
                            .abs()
                            .max()
                            .item_double())
                    .isPositive();
        }
    }
}
