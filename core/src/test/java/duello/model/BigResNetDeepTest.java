package duello.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layer;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the golden networks, all of depth 2, do not show of BigGAN-deep's. */
class BigResNetDeepTest {
    private static BigResNetDeep networks(
            BottleneckForm form, int generatorDepth, int discriminatorDepth, boolean conditional) {
        NetworkSettings parts = new NetworkSettings(4, false, List.of(), Activation.RELU, Init.Rule.ORTHO);
        BigResNetDeep.Depth depth = new BigResNetDeep.Depth(generatorDepth, discriminatorDepth);
        return new BigResNetDeep(parts, parts, form, depth, 6, 5, Prior.GAUSSIAN, conditional, null);
    }

    @ParameterizedTest(name = "{0}, {1} and {2} blocks a stage, {3} px")
    @CsvSource({
        "LEGACY, 1, 3, 64", "LEGACY, 3, 1, 64", "LEGACY, 2, 2, 16",
        "STUDIOGAN, 1, 3, 64", "STUDIOGAN, 3, 1, 64", "STUDIOGAN, 2, 2, 16"
    })
    void everyDepthMakesAndReadsImages(BottleneckForm form, int generatorDepth, int discriminatorDepth, int size) {
        try (Scope scope = Scope.open()) {
            BigResNetDeep networks = networks(form, generatorDepth, discriminatorDepth, true);
            ImageDomain domain = new ImageDomain(size, 3);
            Generator g = networks.generator(domain, 1, Devices.CPU);
            Discriminator d = networks.discriminator(domain, 2, Devices.CPU);
            Tensor z = g.space().draw(new SeededDraws(3, Devices.CPU), 2);
            Tensor images = g.images(new Latent(z, Ops.tensor(new long[] {0, 2}, 2)), Forward.TRAINING);
            assertThat(Ops.shape(images)).containsExactly(2, 3, size, size);
            Features features = d.trunk(images, Forward.TRAINING);
            assertThat(Ops.shape(features.map()))
                    .containsExactly(2, size == 64 ? 64 : 16, size == 64 ? 4 : 8, size == 64 ? 4 : 8);
            int stages = Integer.numberOfTrailingZeros(size) - 2;
            assertThat(blocks(g)).hasSize(stages * generatorDepth);
            assertThat(blocks(d)).hasSize(stages * discriminatorDepth);
        }
    }

    private static Set<String> blocks(Layer network) {
        String start = "blocks.";
        Set<String> blocks = new TreeSet<>();
        for (String key : network.module().state().keySet()) {
            if (key.startsWith(start)) {
                blocks.add(key.substring(start.length(), key.indexOf('.', start.length())));
            }
        }
        return blocks;
    }

    @ParameterizedTest
    @EnumSource
    void withoutLabelsTheClassMakesNoDifference(BottleneckForm form) {
        try (Scope scope = Scope.open()) {
            Generator g = networks(form, 2, 2, false).generator(new ImageDomain(16, 3), 1, Devices.CPU);
            Tensor z = g.space().draw(new SeededDraws(3, Devices.CPU), 2);
            Tensor one = g.images(new Latent(z, Ops.tensor(new long[] {0, 2}, 2)), Forward.EVALUATION);
            Tensor two = g.images(new Latent(z, Ops.tensor(new long[] {1, 1}, 2)), Forward.EVALUATION);
            assertThat(Ops.toFloats(one)).isEqualTo(Ops.toFloats(two));
            assertThat(Ops.toFloats(Ops.rows(one, 0, 1))).isNotEqualTo(Ops.toFloats(Ops.rows(one, 1, 2)));
        }
    }

    @Test
    void theStudioganFormSaysWhichSizesItKnows() {
        ImageDomain large = new ImageDomain(512, 3);
        assertThatThrownBy(() -> networks(BottleneckForm.STUDIOGAN, 2, 2, true).discriminator(large, 1, Devices.CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("up to 256 pixels")
                .hasMessageContaining("legacy");
        Discriminator legacy = networks(BottleneckForm.LEGACY, 2, 2, true).discriminator(large, 1, Devices.CPU);
        assertThat(blocks(legacy)).hasSize(14);
    }
}
