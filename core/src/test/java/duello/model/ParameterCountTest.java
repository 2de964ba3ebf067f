package duello.model;

import static org.assertj.core.api.Assertions.assertThat;

import duello.torch.Devices;
import duello.torch.Init;
import duello.torch.Module;
import duello.torch.Scope;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published configurations have as many parameters as their authors' networks; discriminators with a plain logit. */
class ParameterCountTest {
    private static final ImageDomain CIFAR10 = new ImageDomain(32, 10);
    private static final ImageDomain IMAGENET = new ImageDomain(128, 1000);

    private static NetworkSettings parts(int width, boolean spectral, Integer... attention) {
        return new NetworkSettings(width, spectral, List.of(attention), Activation.RELU, Init.Rule.N02);
    }

    private static void assertCounts(Backbone backbone, ImageDomain domain, long generator, long discriminator) {
        try (Scope scope = Scope.open()) {
            assertThat(backbone.generator(domain, 1, Devices.CPU).module().parameterCount())
                    .isEqualTo(generator);
            Discriminator d = backbone.discriminator(domain, 1, Devices.CPU);
            d.site().linear("linear1", 1, true);
            Module module = d.module();
            assertThat(module.parameterCount()).isEqualTo(discriminator);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"LEGACY, 7762948, 2908930", "STUDIOGAN, 9338884, 3177730"})
    void bigGanDeepOfCifar10(BottleneckForm form, long generator, long discriminator) {
        long projection = 10 * 4 * 128;
        assertCounts(deep(form, 2, 1), CIFAR10, generator, discriminator - projection);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource("LEGACY, 50244484, 34590210")
    void bigGanDeepOfImageNet(BottleneckForm form, long generator, long discriminator) {
        long projection = 1000 * 16 * 128;
        assertCounts(deep(form, 4, 1), IMAGENET, generator, discriminator - projection);
    }

    private static BigResNetDeep deep(BottleneckForm form, int attentionG, int attentionD) {
        return new BigResNetDeep(
                parts(128, true, attentionG),
                parts(128, true, attentionD),
                form,
                new BigResNetDeep.Depth(2, 2),
                128,
                128,
                Prior.GAUSSIAN,
                true,
                null);
    }

    @ParameterizedTest(name = "conditional: {0}, codes: {1}")
    @CsvSource({"true, false, 9416196", "false, false, 8825092", "true, true, 10007428"})
    void bigGanOfCifar10(boolean conditional, boolean withCodes, long generator) {
        Codes codes = withCodes ? new Codes(1, 10, 0, Codes.Injection.CBN) : null;
        BigResNet networks =
                new BigResNet(parts(96, true, 2), parts(96, true, 1), 80, 128, Prior.GAUSSIAN, conditional, codes);
        assertCounts(networks, CIFAR10, generator, 2413250);
    }

    @ParameterizedTest(name = "conditional: {0}")
    @CsvSource({"true, 4304387", "false, 4276739"})
    void resNetOfCifar10(boolean conditional, long generator) {
        ResNet networks = new ResNet(parts(64, false), parts(64, false), 128, Prior.GAUSSIAN, conditional, null);
        assertCounts(networks, CIFAR10, generator, 1055879);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource("3812355, 2931009")
    void deepConvOfCifar10(long generator, long discriminator) {
        DeepConv networks = new DeepConv(parts(64, false), parts(64, false), 128, Prior.GAUSSIAN, false, null);
        assertCounts(networks, CIFAR10, generator, discriminator);
    }
}
