package duello.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Linear;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.States;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DeshuffleGAN's networks beyond what the golden ones show: sizes, starts of weights, heads, the generator's flag. */
class DeshufflePairsTest {
    private static final int LATENT = 12;

    private static DeshuffleDcgan dcgan(int width, int latent) {
        DeshuffleDcgan.Parts parts = new DeshuffleDcgan.Parts(width, false, List.of(), Init.Rule.DCGAN);
        return new DeshuffleDcgan(parts, parts, latent, Prior.GAUSSIAN, false, null);
    }

    private static DeshuffleSngan sngan(int width, boolean spectralShortcuts) {
        return new DeshuffleSngan(
                new DeshuffleSngan.GeneratorParts(width, false, spectralShortcuts, List.of(), Init.Rule.DCGAN),
                new DeshuffleSngan.DiscriminatorParts(width, true, List.of(), Init.Rule.DCGAN),
                LATENT,
                Prior.GAUSSIAN,
                false,
                null);
    }

    private static Generator generator(Backbone backbone, int resolution) {
        return backbone.generator(new ImageDomain(resolution, 1), 1, Devices.CPU);
    }

    private static Discriminator discriminator(Backbone backbone, int resolution) {
        return backbone.discriminator(new ImageDomain(resolution, 1), 2, Devices.CPU);
    }

    private static Tensor images(Backbone backbone, int resolution) {
        Generator g = generator(backbone, resolution);
        Tensor z = g.space().draw(new SeededDraws(3, Devices.CPU), 2);
        return Scope.noGrad(() -> g.images(new Latent(z, Ops.tensor(new long[2], 2)), Forward.TRAINING));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 128, 256})
    void theDcganDrawsEverySizeAndReadsA4x4Map(int resolution) {
        try (Scope scope = Scope.open()) {
            DeshuffleDcgan backbone = dcgan(2, LATENT);
            Tensor drawn = images(backbone, resolution);
            assertThat(Ops.shape(drawn)).containsExactly(2, 3, resolution, resolution);
            Discriminator d = discriminator(backbone, resolution);
            Features features = Scope.noGrad(() -> d.trunk(drawn, Forward.TRAINING));
            long channels = resolution / 4;
            assertThat(Ops.shape(features.map())).containsExactly(2, channels, 4, 4);
            assertThat(Ops.shape(features.pooled())).containsExactly(2, 16 * channels);
            assertThat(d.site().width()).isEqualTo(16 * channels);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 128})
    void theSnganDrawsEverySizeAndReadsTheMeanOverPositions(int resolution) {
        try (Scope scope = Scope.open()) {
            DeshuffleSngan backbone = sngan(2, true);
            Tensor drawn = images(backbone, resolution);
            assertThat(Ops.shape(drawn)).containsExactly(2, 3, resolution, resolution);
            Features features =
                    Scope.noGrad(() -> discriminator(backbone, resolution).trunk(drawn, Forward.TRAINING));
            Tensor mean = features.map().mean(2L, 3L);
            assertThat(features.pooled().sub(mean).abs().max().item_double()).isLessThan(1e-6);
            assertThat(features.map().min().item_double()).as("the last ReLU").isGreaterThanOrEqualTo(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 48, 512})
    void otherSizesAreRefused(int resolution) {
        assertThatThrownBy(() -> generator(dcgan(2, LATENT), resolution))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + resolution);
    }

    @ParameterizedTest
    @CsvSource("32, 3677952, 2629120")
    void theDcganHasThePublishedParameters(int resolution, long ofGenerator, long ofTrunk) {
        try (Scope scope = Scope.open()) {
            DeshuffleDcgan published = dcgan(128, 128);
            assertThat(generator(published, resolution).module().parameterCount())
                    .isEqualTo(ofGenerator);
            assertThat(discriminator(published, resolution).module().parameterCount())
                    .isEqualTo(ofTrunk);
        }
    }

    @Test
    void headsOnTheDcganAreConvolutionsOverItsLastMap() {
        try (Scope scope = Scope.open()) {
            Discriminator d = discriminator(dcgan(2, LATENT), 32);
            Linear head = d.site().linear("classes", 5, true);
            assertThat(d.site().holds("classes.weight")).isTrue();
            assertThat(d.site().holds("main.Start-Conv2d.weight")).isFalse();
            assertThat(d.module().state()).doesNotContainKey("classes.bias");
            Tensor weight = States.required(d.module().state(), "classes.weight");
            assertThat(Ops.shape(weight)).containsExactly(5, 8, 4, 4);
            Tensor x = new SeededDraws(5, Devices.CPU).normal(3, 3, 32, 32);
            Features features = d.trunk(x, Forward.EVALUATION);
            Tensor convolved = torch.conv2d(features.map(), weight);
            Tensor read = head.apply(features.pooled(), Forward.EVALUATION);
            assertThat(Ops.shape(read)).containsExactly(3, 5);
            assertThat(read.sub(convolved.view(3, 5)).abs().max().item_double()).isLessThan(1e-6);
        }
    }

    @Test
    void theGeneratorsShortcutsAreSpectrallyNormalisedUnlessTheFlagSaysNo() {
        String shortcut = "main.ResBlock_1.last.weight";
        try (Scope scope = Scope.open()) {
            assertThat(generator(sngan(2, true), 64).module().state())
                    .containsKeys(shortcut + "_orig", shortcut + "_u")
                    .doesNotContainKey(shortcut);
            assertThat(generator(sngan(2, false), 64).module().state())
                    .containsKey(shortcut)
                    .doesNotContainKey(shortcut + "_orig");
        }
    }

    @Test
    void weightsStartAsPublished() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> d = discriminator(sngan(16, true), 64).module().state();
            assertThat(deviation(d, "main.ResBlock_3.conv2.weight_orig")).isCloseTo(0.02, within(1e-3));
            assertUniform(States.required(d, "main.ResBlock_3.conv2.bias"), 1 / Math.sqrt(128 * 9));
            Map<String, Tensor> g = generator(sngan(16, true), 64).module().state();
            assertThat(deviation(g, "main.ResBlock_1.last.weight_orig")).isCloseTo(0.02, within(1e-3));
            assertUniform(States.required(g, "dense.weight"), 1 / Math.sqrt(LATENT));
            Map<String, Tensor> norms =
                    generator(dcgan(64, LATENT), 32).module().state();
            String norm = "main.Start-BatchNorm2d.";
            assertThat(deviation(norms, norm + "weight")).isCloseTo(0.02, within(4e-3));
            assertThat(States.required(norms, norm + "weight").mean().item_double())
                    .isCloseTo(1, within(5e-3));
            assertThat(States.required(norms, norm + "bias").abs().max().item_double())
                    .isZero();
        }
    }

    private static double deviation(Map<String, Tensor> state, String name) {
        return States.required(state, name).std().item_double();
    }

    private static void assertUniform(Tensor t, double bound) {
        assertThat(t.abs().max().item_double()).isBetween(0.9 * bound, bound);
        assertThat(t.abs().mean().item_double()).isCloseTo(bound / 2, within(0.2 * bound));
    }
}
