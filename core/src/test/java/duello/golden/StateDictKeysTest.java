package duello.golden;

import static org.assertj.core.api.Assertions.assertThat;

import duello.dist.Collective;
import duello.golden.KeyTable.Network;
import duello.method.ClassObjective;
import duello.method.Method;
import duello.method.Table;
import duello.method.condition.AuxiliaryClassifier;
import duello.method.condition.Contrastive;
import duello.method.condition.DataToData;
import duello.method.condition.DiscriminativeClassifier;
import duello.method.condition.InfoGan;
import duello.method.condition.MultiDimension;
import duello.method.condition.MultiHingeLogit;
import duello.method.condition.PlainLogit;
import duello.method.condition.Projection;
import duello.method.condition.StyleProjection;
import duello.method.condition.TwinClassifier;
import duello.model.Activation;
import duello.model.Backbone;
import duello.model.BigResNet;
import duello.model.BigResNetDeep;
import duello.model.BottleneckForm;
import duello.model.Codes;
import duello.model.DeepConv;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.model.LogitHead;
import duello.model.NetworkSettings;
import duello.model.Prior;
import duello.model.ResNet;
import duello.model.StyleGan2;
import duello.model.StyleGan2.Architecture;
import duello.model.StyleGan2.MappingSettings;
import duello.model.StyleGan2.StyleTrunkSettings;
import duello.model.StyleGan2.SynthesisSettings;
import duello.torch.Devices;
import duello.torch.Init;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final int STYLE_LATENT = 27;

    @TestFactory
    Stream<DynamicTest> everyNetwork() {
        return KeyTable.read().entrySet().stream()
                .filter(e -> FixtureNetworks.FAMILIES.contains(e.getKey().family()))
                .map(e -> DynamicTest.dynamicTest(e.getKey().toString(), () -> compare(e.getKey(), e.getValue())));
    }

    private static void compare(Network network, List<String> theirs) {
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
        ImageDomain domain = domain(network);
        Backbone backbone = backbone(network);
        Discriminator d = backbone.discriminator(domain, 1, Devices.CPU);
        Head logit = logit(network).build(d.site(), domain.classes());
        Method method = method(network);
        if (method != null) {
            Generator g = backbone.generator(domain, 1, Devices.CPU);
            Table.Networks networks = new Table.Networks(g, g, d, logit);
            method.build(new Table(networks, domain, Table.Data.NONE, Devices.CPU, Collective.LOCAL));
        }
        return d.module();
    }

    private static LogitHead logit(Network network) {
        return switch (network.heads()) {
            case "PD" -> new Projection();
            case "MH" -> new MultiHingeLogit();
            case "MD" -> new MultiDimension();
            case "SPD" -> new StyleProjection(8);
            default -> new PlainLogit();
        };
    }

    /** What reads the heads beside the logit; null if there are none. */
    private static @Nullable Method method(Network network) {
        int width = network.family().equals("stylegan2") ? 37 : 40;
        ClassObjective ac = new AuxiliaryClassifier(1, false);
        ClassObjective contrastive = new Contrastive(1, 1, width);
        return switch (network.heads()) {
            case "W/O", "PD", "SPD", "MH", "MD" -> null;
            case "AC" -> ac;
            case "AC + TAC" -> new TwinClassifier(ac, 1, 1, TwinClassifier.Form.TWIN);
            case "AC + ADC" -> new DiscriminativeClassifier(ac);
            case "2C" -> contrastive;
            case "2C + TAC" -> new TwinClassifier(contrastive, 1, 1, TwinClassifier.Form.TWIN);
            case "2C + ADC" -> new DiscriminativeClassifier(contrastive);
            case "D2DCE" -> new DataToData(1, 1, 1, width, DataToData.Form.REFERENCE);
            case "W/O, info both" -> new InfoGan(1, 1);
            default -> throw new AssertionError("heads " + network.heads());
        };
    }

    private static ImageDomain domain(Network network) {
        return new ImageDomain(network.resolution(), 10);
    }

    private static Backbone backbone(Network network) {
        if (network.family().equals("stylegan2")) {
            return style(network.variant());
        }
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

    private static StyleGan2 style(String variant) {
        Matcher architecture = Pattern.compile("D (orig|skip|resnet)").matcher(variant);
        String trunk = architecture.find() ? architecture.group(1) : "orig";
        return new StyleGan2(
                new SynthesisSettings(416, 512, Architecture.SKIP),
                new StyleTrunkSettings(416, 512, Architecture.valueOf(trunk.toUpperCase(Locale.ROOT)), 4),
                new MappingSettings(19, variant.contains("mapping_network 2") ? 2 : 8, 0.01),
                STYLE_LATENT,
                variant.startsWith("cAdaIN"),
                null);
    }

    private static BigResNetDeep deep(Network network, BottleneckForm form, int z, @Nullable Codes codes) {
        NetworkSettings g = settings(network, "G");
        NetworkSettings d = settings(network, "D");
        return new BigResNetDeep(g, d, form, new BigResNetDeep.Depth(2, 2), z, 24, Prior.GAUSSIAN, true, codes);
    }

    private static @Nullable Codes codes(String variant) {
        if (!variant.contains("info both")) {
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
