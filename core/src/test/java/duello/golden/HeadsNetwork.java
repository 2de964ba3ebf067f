package duello.golden;

import duello.dist.Collective;
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
import duello.model.Backbone;
import duello.model.Code;
import duello.model.Codes;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.model.LatentSpace;
import duello.model.LogitHead;
import duello.model.Prior;
import duello.model.StyleGan2;
import duello.model.StyleGan2.Architecture;
import duello.model.StyleGan2.MappingSettings;
import duello.model.StyleGan2.StyleTrunkSettings;
import duello.model.StyleGan2.SynthesisSettings;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A discriminator with the heads that a fixture's configuration asks for.
 *
 * @param model the section MODEL
 * @param method the conditioning method, built, or null
 */
record HeadsNetwork(
        JsonNode model,
        Discriminator trunk,
        Head logit,
        @Nullable Method method) {
    /** The families that there are. */
    static final Set<String> FAMILIES = Set.of("big_resnet", "stylegan2");

    /** @param network a network of the fixture's configuration */
    static HeadsNetwork of(JsonNode network, int classes) {
        JsonNode model = network.path("MODEL");
        ImageDomain domain = new ImageDomain(32, classes);
        Discriminator trunk = backbone(network).discriminator(domain, 1, Devices.CPU);
        Head logit = logit(model).build(trunk.site(), classes);
        Generator generator = new Coded(new Module(), codes(model));
        Table table = new Table(
                new Table.Networks(generator, generator, trunk, logit),
                domain,
                Table.Data.NONE,
                Devices.CPU,
                Collective.LOCAL);
        Method method = method(model);
        return new HeadsNetwork(model, trunk, logit, method == null ? null : method.build(table));
    }

    Module module() {
        return trunk.module();
    }

    /** The names of the module's parts, in order. */
    Set<String> children() {
        Set<String> names = new LinkedHashSet<>();
        module().state().keySet().forEach(key -> names.add(key.substring(0, key.indexOf('.'))));
        return names;
    }

    /** Every output by the fixture's name of it. */
    Map<String, Tensor> outputs(Tensor images, Tensor labels) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        Features features = trunk.trunk(images, Forward.EVALUATION);
        if (is("aux_cls_type", "ADC")) {
            put(all, "D.eval/", features, labels, DiscriminativeClassifier.real(labels));
            put(all, "D.eval_adc_fake/", features, labels, DiscriminativeClassifier.generated(labels));
        } else {
            put(all, "D.eval/", features, labels, labels);
        }
        return all;
    }

    private void put(Map<String, Tensor> all, String prefix, Features features, Tensor own, Tensor read) {
        Forward f = Forward.EVALUATION;
        // The reference hands on the features as its classifier reads them.
        boolean unit = is("d_cond_mtd", "AC") && model.path("normalize_d_embed").asBoolean(false);
        all.put(prefix + "h", unit ? Ops.unit(features.pooled(), 1e-12) : features.pooled());
        all.put(prefix + "label", read);
        if (is("d_cond_mtd", "SPD")) {
            Map<String, Tensor> weights = module().state();
            Tensor weight = Ops.mul(
                    weights.get("linear1.weight"),
                    1 / Math.sqrt(features.pooled().size(1)));
            Tensor embed = torch.linear(features.pooled(), weight, Ops.maybe(weights.get("linear1.bias")));
            all.put(prefix + "embed", Ops.unit(embed, 1e-12));
        }
        all.put(prefix + "adv_output", logit.read(features, own, f));
        List<Head> heads = method == null ? List.of() : method.heads();
        List<String> names = names();
        for (int i = 0; i < heads.size(); i++) {
            Tensor output = heads.get(i).read(features, read, f);
            all.put(prefix + names.get(i), names.get(i).equals("info_conti_var") ? output.exp() : output);
        }
    }

    private List<String> names() {
        if (model.has("info_type")) {
            return List.of("info_discrete_c_logits", "info_conti_mu", "info_conti_var");
        }
        List<String> main = is("d_cond_mtd", "AC") ? List.of("cls_output") : List.of("embed", "proxy");
        List<String> names = new ArrayList<>(main);
        main.forEach(name -> names.add("mi_" + name));
        return names;
    }

    private boolean is(String key, String value) {
        return is(model, key, value);
    }

    private static boolean is(JsonNode model, String key, String value) {
        return model.path(key).asString("W/O").equals(value);
    }

    private static Backbone backbone(JsonNode network) {
        JsonNode model = network.path("MODEL");
        if (is(model, "backbone", "stylegan2")) {
            return new StyleGan2(
                    new SynthesisSettings(8, 8, Architecture.SKIP),
                    new StyleTrunkSettings(
                            network.path("channel_base").asInt(),
                            network.path("channel_max").asInt(),
                            Architecture.valueOf(
                                    network.path("d_architecture").asString().toUpperCase(Locale.ROOT)),
                            network.path("d_epilogue_mbstd_group_size").asInt()),
                    new MappingSettings(8, 1, 0.01),
                    8,
                    false,
                    codes(model));
        }
        String yaml = "{type: %s, discriminator: {width: %d, spectral_norm: %b}}"
                .formatted(
                        model.path("backbone").asString(),
                        model.path("d_conv_dim").asInt(),
                        model.path("apply_d_sn").asBoolean());
        return RecipeReader.standard().read(new RecipeText("the fixture", yaml, null), Backbone.class);
    }

    private static @Nullable Codes codes(JsonNode model) {
        if (!model.has("info_type")) {
            return null;
        }
        return new Codes(
                model.path("info_num_discrete_c").asInt(),
                model.path("info_dim_discrete_c").asInt(),
                model.path("info_num_conti_c").asInt(),
                Codes.Injection.CONCAT);
    }

    private static LogitHead logit(JsonNode model) {
        return switch (model.path("d_cond_mtd").asString()) {
            case "PD" -> new Projection();
            case "SPD" -> new StyleProjection(8);
            case "MH" -> new MultiHingeLogit();
            case "MD" -> new MultiDimension();
            default -> new PlainLogit();
        };
    }

    private static @Nullable Method method(JsonNode model) {
        if (model.has("info_type")) {
            return new InfoGan(1, 1);
        }
        ClassObjective objective = objective(model);
        if (objective == null || is(model, "aux_cls_type", "W/O")) {
            return objective;
        }
        return is(model, "aux_cls_type", "TAC")
                ? new TwinClassifier(objective, 1, 1, TwinClassifier.Form.TWIN)
                : new DiscriminativeClassifier(objective);
    }

    private static @Nullable ClassObjective objective(JsonNode model) {
        int width = model.path("d_embed_dim").asInt(0);
        return switch (model.path("d_cond_mtd").asString()) {
            case "AC" ->
                new AuxiliaryClassifier(1, model.path("normalize_d_embed").asBoolean(false));
            case "2C" -> new Contrastive(1, 1, width);
            case "D2DCE" -> new DataToData(1, 1, 0.98, width, DataToData.Form.REFERENCE);
            default -> null;
        };
    }

    /** What a method asks of a generator when it is built: its codes. */
    private record Coded(Module module, @Nullable Codes codes) implements Generator {
        @Override
        public LatentSpace space() {
            return new LatentSpace(1, Prior.GAUSSIAN, codes);
        }

        @Override
        public Tensor draw(Code code, Forward f) {
            throw new IllegalStateException("no images are drawn here");
        }
    }
}
