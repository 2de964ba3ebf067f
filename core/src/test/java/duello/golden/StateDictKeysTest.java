package duello.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import duello.dist.Collective;
import duello.golden.KeyTable.Network;
import duello.method.ClassObjective;
import duello.method.condition.AuxiliaryClassifier;
import duello.method.condition.Contrastive;
import duello.method.condition.DataToData;
import duello.method.condition.PlainLogit;
import duello.method.condition.Projection;
import duello.model.Activation;
import duello.model.Backbone;
import duello.model.BigResNet;
import duello.model.BigResNetDeep;
import duello.model.BottleneckForm;
import duello.model.Codes;
import duello.model.DeepConv;
import duello.model.Discriminator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.model.NetworkSettings;
import duello.model.Prior;
import duello.model.ResNet;
import duello.torch.Devices;
import duello.torch.Init;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * State dicts have the published implementation's keys, kinds and shapes, in its order: of width 32 (deep_conv 64), 10
 * classes, embeddings of 24 (generator) and 40, and codes of 10 + 3 columns.
 */
class StateDictKeysTest {
    private static final Set<String> HEADS = Set.of("W/O", "PD", "AC", "2C", "D2DCE");

    @TestFactory
    Stream<DynamicTest> everyNetwork() {
        return KeyTable.read().entrySet().stream()
                .filter(e -> FixtureNetworks.FAMILIES.contains(e.getKey().family()))
                .map(e -> DynamicTest.dynamicTest(e.getKey().toString(), () -> compare(e.getKey(), e.getValue())));
    }

    private static void compare(Network network, List<String> theirs) {
        assumeTrue(
                HEADS.contains(network.heads()),
                () -> "there is no head " + network.heads() + " among the families' own");
        try (Scope scope = Scope.open()) {
            List<String> ours = entries(network.network().equals("G") ? generator(network) : discriminator(network));
            if (network.partial()) {
                Set<String> parts = theirs.stream().map(StateDictKeysTest::part).collect(Collectors.toSet());
                ours = ours.stream().filter(e -> parts.contains(part(e))).toList();
            }
            assertThat(ours).isEqualTo(theirs);
        }
    }

    /** The first component of an entry's key. */
    private static String part(String entry) {
        return entry.substring(0, entry.indexOf('.'));
    }

    private static List<String> entries(Module module) {
        Map<String, Tensor> parameters = module.parameters();
        return module.state().entrySet().stream()
                .map(e -> e.getKey()
                        + (parameters.containsKey(e.getKey()) ? " param " : " buffer ")
                        + shape(e.getValue()))
                .toList();
    }

    private static String shape(Tensor t) {
        return t.dim() == 0
                ? "scalar"
                : LongStream.of(Ops.shape(t)).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }

    private static Module generator(Network network) {
        return backbone(network).generator(domain(network), 1, Devices.CPU).module();
    }

    private static Module discriminator(Network network) {
        Discriminator d = backbone(network).discriminator(domain(network), 1, Devices.CPU);
        Head logit = (network.heads().equals("PD") ? new Projection() : new PlainLogit()).build(d.site(), 10);
        ClassObjective objective = objective(network);
        if (objective != null) {
            objective.bind(d.site(), 10, Collective.LOCAL);
        }
        return d.module();
    }

    private static @Nullable ClassObjective objective(Network network) {
        return switch (network.heads()) {
            case "AC" -> new AuxiliaryClassifier(1, false);
            case "2C" -> new Contrastive(1, 1, 40);
            case "D2DCE" -> new DataToData(1, 1, 1, 40, DataToData.Form.REFERENCE);
            default -> null;
        };
    }

    private static ImageDomain domain(Network network) {
        return new ImageDomain(network.resolution(), 10);
    }

    private static Backbone backbone(Network network) {
        NetworkSettings g = settings(network, "G");
        NetworkSettings d = settings(network, "D");
        int z = 80 + 20 * Integer.numberOfTrailingZeros(network.resolution() / 32);
        boolean conditional = !network.variant().startsWith("unconditional");
        Codes codes = codes(network.variant());
        return switch (network.family()) {
            case "deep_conv" -> new DeepConv(g, d, z, Prior.GAUSSIAN, conditional, codes);
            case "resnet" -> new ResNet(g, d, z, Prior.GAUSSIAN, conditional, codes);
            case "big_resnet" -> new BigResNet(g, d, z, 24, Prior.GAUSSIAN, conditional, codes);
            case "big_resnet_deep_legacy" -> deep(network, BottleneckForm.LEGACY, z, codes);
            case "big_resnet_deep_studiogan" -> deep(network, BottleneckForm.STUDIOGAN, z, codes);
            default -> throw new AssertionError("family " + network.family());
        };
    }

    private static BigResNetDeep deep(Network network, BottleneckForm form, int z, @Nullable Codes codes) {
        NetworkSettings g = settings(network, "G");
        NetworkSettings d = settings(network, "D");
        return new BigResNetDeep(g, d, form, new BigResNetDeep.Depth(2, 2), z, 24, Prior.GAUSSIAN, true, codes);
    }

    private static @Nullable Codes codes(String variant) {
        if (!variant.contains("info both") || !variant.contains("injection")) {
            return null;
        }
        Codes.Injection injection = variant.endsWith("cBN") ? Codes.Injection.CBN : Codes.Injection.CONCAT;
        return new Codes(2, 5, 3, injection);
    }

    private static NetworkSettings settings(Network network, String player) {
        int width = network.family().equals("deep_conv") ? 64 : 32;
        return new NetworkSettings(
                width, network.spectral(), network.attention(player), Activation.RELU, Init.Rule.N02);
    }
}
