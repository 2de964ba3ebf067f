package duello.golden;

import duello.dist.Collective;
import duello.method.Adversarial;
import duello.method.AdversarialTerm;
import duello.method.ClassObjective;
import duello.method.Method;
import duello.method.Table;
import duello.method.adversarial.Hinge;
import duello.method.adversarial.LeastSquares;
import duello.method.adversarial.Vanilla;
import duello.method.adversarial.Wasserstein;
import duello.method.condition.AuxiliaryClassifier;
import duello.method.condition.Contrastive;
import duello.method.condition.DataToData;
import duello.method.condition.PlainLogit;
import duello.method.condition.Projection;
import duello.method.condition.StyleProjection;
import duello.model.Activation;
import duello.model.Backbone;
import duello.model.BigResNet;
import duello.model.BigResNetDeep;
import duello.model.BottleneckForm;
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
import duello.model.Weights;
import duello.torch.Devices;
import duello.torch.Init;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Builds a fixture's networks and objectives from its configuration, and fills in its weights. */
record FixtureNetworks(Fixture fixture) {
    /** The families that there are; fixtures of others are skipped by name. */
    static final Set<String> FAMILIES = Set.of(
            "deep_conv", "resnet", "big_resnet", "big_resnet_deep_legacy", "big_resnet_deep_studiogan", "stylegan2");

    /** The generator with the weights of {@code G} or {@code G_ema}; its parameters ask for gradients. */
    Generator generator(String network) {
        Generator g = backbone().generator(domain(), 1, Devices.CPU);
        Weights.load(fixture.weights(network), g.module(), network);
        g.module().requiresGrad(true);
        return g;
    }

    /** What sits at the table: the given generator and this fixture's discriminator with its heads. */
    Players against(Generator generator) {
        Discriminator d = backbone().discriminator(domain(), 2, Devices.CPU);
        Head logit = logitHead().build(d.site(), domain().classes());
        Table table = new Table(
                new Table.Networks(generator, generator, d, logit),
                domain(),
                Table.Data.NONE,
                Devices.CPU,
                Collective.LOCAL);
        Optional<Method> classes = classObjective().map(objective -> objective.build(table));
        Weights.load(fixture.weights("D"), d.module(), "D");
        d.module().requiresGrad(true);
        return new Players(table, new AdversarialTerm(adversarial(), List.of()), classes, outputs(classes));
    }

    /**
     * Everything that takes part in a step.
     *
     * @param outputs the class heads by the name of their result
     */
    record Players(Table table, AdversarialTerm adversarial, Optional<Method> classes, Map<String, Head> outputs) {}

    private Map<String, Head> outputs(Optional<Method> classes) {
        List<Head> heads = classes.map(Method::heads).orElse(List.of());
        List<String> names = switch (heads.size()) {
            case 0 -> List.of();
            case 1 -> List.of("cls_output");
            default -> List.of("embed", "proxy");
        };
        Map<String, Head> outputs = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            outputs.put(names.get(i), heads.get(i));
        }
        return outputs;
    }

    ImageDomain domain() {
        return new ImageDomain(
                fixture.resolved("DATA", "img_size").asInt(),
                fixture.resolved("DATA", "num_classes").asInt());
    }

    private Backbone backbone() {
        oneOf("info_type", "N/A");
        if (fixture.family().equals("stylegan2")) {
            return style();
        }
        NetworkSettings g = settings("g");
        NetworkSettings d = settings("d");
        int latent = model("z_dim").asInt();
        return switch (fixture.family()) {
            case "deep_conv" -> new DeepConv(g, d, latent, prior(), conditional(), null);
            case "resnet" -> new ResNet(g, d, latent, prior(), conditional(), null);
            case "big_resnet" ->
                new BigResNet(g, d, latent, model("g_shared_dim").asInt(), prior(), conditional(), null);
            case "big_resnet_deep_legacy" -> deep(g, d, BottleneckForm.LEGACY);
            case "big_resnet_deep_studiogan" -> deep(g, d, BottleneckForm.STUDIOGAN);
            default -> throw new AssertionError("family " + fixture.family());
        };
    }

    private StyleGan2 style() {
        int base = fixture.config().path("channel_base").asInt();
        int max = fixture.config().path("channel_max").asInt();
        Architecture architecture = Architecture.valueOf(
                fixture.resolved("STYLEGAN", "d_architecture").asString().toUpperCase(Locale.ROOT));
        int group = fixture.resolved("STYLEGAN", "d_epilogue_mbstd_group_size").asInt();
        int layers = fixture.resolved("STYLEGAN", "mapping_network").asInt();
        return new StyleGan2(
                new SynthesisSettings(base, max, Architecture.SKIP),
                new StyleTrunkSettings(base, max, architecture, group),
                new MappingSettings(model("w_dim").asInt(), layers, 0.01),
                model("z_dim").asInt(),
                oneOf("g_cond_mtd", "W/O", "cAdaIN").equals("cAdaIN"),
                null);
    }

    private BigResNetDeep deep(NetworkSettings g, NetworkSettings d, BottleneckForm form) {
        return new BigResNetDeep(
                g,
                d,
                form,
                new BigResNetDeep.Depth(
                        model("g_depth").asInt(), model("d_depth").asInt()),
                model("z_dim").asInt(),
                model("g_shared_dim").asInt(),
                prior(),
                conditional(),
                null);
    }

    private Prior prior() {
        return Prior.valueOf(model("z_prior").asString().toUpperCase(Locale.ROOT));
    }

    private boolean conditional() {
        return oneOf("g_cond_mtd", "W/O", "cBN").equals("cBN");
    }

    private NetworkSettings settings(String player) {
        JsonNode width = model(player + "_conv_dim");
        List<Integer> attention = model("apply_attn").asBoolean()
                ? StreamSupport.stream(model("attn_" + player + "_loc").spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList()
                : List.of();
        return new NetworkSettings(
                (width.isNumber() ? width : fixture.config().path("deep_conv_base_width")).asInt(),
                model("apply_" + player + "_sn").asBoolean(),
                attention,
                activation(model(player + "_act_fn").asString()),
                rule(model(player + "_init").asString()));
    }

    private static Activation activation(String name) {
        return switch (name) {
            case "ReLU" -> Activation.RELU;
            case "Leaky_ReLU" -> Activation.LEAKY_RELU;
            case "ELU" -> Activation.ELU;
            case "GELU" -> Activation.GELU;
            default -> throw new AssertionError("activation " + name);
        };
    }

    private static Init.Rule rule(String name) {
        return switch (name) {
            case "ortho" -> Init.Rule.ORTHO;
            case "N02" -> Init.Rule.N02;
            case "glorot", "xavier" -> Init.Rule.XAVIER;
            default -> throw new AssertionError("initialisation " + name);
        };
    }

    private LogitHead logitHead() {
        return switch (oneOf("d_cond_mtd", "W/O", "PD", "SPD", "AC", "2C", "D2DCE")) {
            case "PD" -> new Projection();
            case "SPD" -> new StyleProjection(8);
            default -> new PlainLogit();
        };
    }

    private Optional<ClassObjective> classObjective() {
        oneOf("aux_cls_type", "W/O");
        String method = model("d_cond_mtd").asString();
        if (Set.of("W/O", "PD", "SPD").contains(method)) {
            return Optional.empty();
        }
        double weight = loss("cond_lambda");
        int width = model("d_embed_dim").asInt();
        return Optional.of(
                switch (method) {
                    case "AC" ->
                        new AuxiliaryClassifier(
                                weight, model("normalize_d_embed").asBoolean());
                    case "2C" -> new Contrastive(weight, loss("temperature"), width);
                    case "D2DCE" ->
                        new DataToData(weight, loss("temperature"), loss("m_p"), width, DataToData.Form.REFERENCE);
                    default -> throw new AssertionError("d_cond_mtd " + method);
                });
    }

    private Adversarial adversarial() {
        String name = fixture.resolved("LOSS", "adv_loss").asString();
        return switch (name) {
            case "vanilla", "logistic" -> new Vanilla();
            case "least_square" -> new LeastSquares();
            case "hinge" -> new Hinge();
            case "wasserstein" -> new Wasserstein();
            default -> throw new AssertionError("adv_loss " + name);
        };
    }

    private double loss(String key) {
        return fixture.resolved("LOSS", key).asDouble();
    }

    private JsonNode model(String key) {
        return fixture.resolved("MODEL", key);
    }

    private String oneOf(String key, String... known) {
        String value = model(key).asString();
        if (!Set.of(known).contains(value)) {
            throw new AssertionError(key + " " + value);
        }
        return value;
    }
}
