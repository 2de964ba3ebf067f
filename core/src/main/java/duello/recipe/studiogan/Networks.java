package duello.recipe.studiogan;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The recipe's model. */
final class Networks {
    private static final String BACKBONE = "MODEL.backbone";
    private static final String DEEP = "big_resnet_deep";
    private static final Map<String, String> INITS =
            Map.of("ortho", "ortho", "N02", "n02", "glorot", "xavier", "xavier", "xavier");

    private final Asked asked;

    Networks(Asked asked) {
        this.asked = asked;
    }

    Branch translated() {
        if (asked.styleGan()) {
            return style();
        }
        boolean conditional = asked.is("MODEL.g_cond_mtd", "cBN");
        Branch model = asked.entry(asked.deep() ? DEEP : asked.text(BACKBONE), BACKBONE);
        if (asked.deep()) {
            model.with("form", asked.text(BACKBONE).substring(DEEP.length() + 1))
                    .with(
                            "depth",
                            asked.branch(BACKBONE)
                                    .with("generator", asked.value("MODEL.g_depth"))
                                    .with("discriminator", asked.value("MODEL.d_depth")));
        }
        model.with("latent", asked.value("MODEL.z_dim"));
        if (asked.sharesClasses()) {
            model.with("shared", asked.value("MODEL.g_shared_dim"));
        }
        model.with("prior", asked.value("MODEL.z_prior"))
                .with("conditional", String.valueOf(conditional))
                .with("generator", network("g"))
                .with("discriminator", network("d"));
        if (asked.has("MODEL.info_type")) {
            model.with("codes", codes());
        }
        return model;
    }

    private Branch style() {
        boolean wide = asked.is("DATA.name", "CIFAR10", "CIFAR100") || asked.whole("DATA.img_size") >= 512;
        String base = wide ? "32768" : "16384";
        Branch model = asked.entry("stylegan2", BACKBONE)
                .with("latent", asked.value("MODEL.z_dim"))
                .with("conditional", String.valueOf(asked.is("MODEL.g_cond_mtd", "cAdaIN")))
                .with(
                        "mapping",
                        asked.branch("STYLEGAN.mapping_network")
                                .with("width", asked.value("MODEL.w_dim"))
                                .with("layers", asked.value("STYLEGAN.mapping_network")))
                .with("generator", asked.branch(BACKBONE).with("channel_base", base))
                .with(
                        "discriminator",
                        asked.branch("STYLEGAN.d_architecture")
                                .with("channel_base", base)
                                .with("architecture", asked.value("STYLEGAN.d_architecture"))
                                .with("group", asked.value("STYLEGAN.d_epilogue_mbstd_group_size")));
        // Read, so that nobody is told that they have no effect: the rules have seen to it that there is one choice.
        List.of(BACKBONE, "MODEL.g_act_fn", "MODEL.d_act_fn", "MODEL.z_prior").forEach(asked::value);
        return asked.has("MODEL.info_type") ? model.with("codes", codes()) : model;
    }

    private Branch network(String player) {
        Branch network = asked.branch(BACKBONE);
        if (!asked.is(BACKBONE, "deep_conv")) {
            network.with("width", asked.value("MODEL." + player + "_conv_dim"));
        }
        network.with("spectral_norm", asked.value("MODEL.apply_" + player + "_sn"));
        if (asked.on("MODEL.apply_attn")) {
            network.with("attention", asked.value("MODEL.attn_" + player + "_loc"));
        }
        String init = asked.text("MODEL." + player + "_init");
        return network.with(
                        "activation", asked.text("MODEL." + player + "_act_fn").toLowerCase(Locale.ROOT))
                .with("init", INITS.getOrDefault(init, init));
    }

    private Branch codes() {
        Branch codes = asked.branch("MODEL.info_type");
        if (asked.is("MODEL.info_type", "discrete", "both")) {
            codes.with("discrete", asked.value("MODEL.info_num_discrete_c"))
                    .with("categories", asked.value("MODEL.info_dim_discrete_c"));
        } else {
            codes.with("discrete", "0");
        }
        codes.with(
                "continuous",
                asked.is("MODEL.info_type", "continuous", "both") ? asked.text("MODEL.info_num_conti_c") : "0");
        return codes.with("injection", asked.text("MODEL.g_info_injection").toLowerCase(Locale.ROOT));
    }
}
