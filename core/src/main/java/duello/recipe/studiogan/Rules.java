package duello.recipe.studiogan;

import static duello.recipe.studiogan.Rule.rule;

import duello.recipe.yaml.Problems;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference's checks of what goes together, as far as they concern what a file can say, and a few that it forgot. */
final class Rules {
    private static final String BACKBONE = "MODEL.backbone";
    private static final String D_COND = "MODEL.d_cond_mtd";
    private static final String G_COND = "MODEL.g_cond_mtd";
    private static final String SIZE = "DATA.img_size";
    private static final Predicate<Settings> STYLE = Settings::styleGan;

    private static final List<Rule> NETWORKS = List.of(
            rule(
                    "deep_conv makes images of 32 pixels only",
                    s -> s.is(BACKBONE, "deep_conv") && size(s) != 32,
                    SIZE,
                    BACKBONE),
            rule(
                    "residual networks make images of 32, 64, 128, 256 or 512 pixels",
                    s -> (s.big() || s.is(BACKBONE, "resnet"))
                            && !List.of(32, 64, 128, 256, 512).contains(size(s)),
                    SIZE,
                    BACKBONE),
            rule("StyleGAN needs a power of two", s -> s.styleGan() && Integer.bitCount(size(s)) != 1, SIZE, BACKBONE),
            rule(
                    "only the big_resnet_deep backbones have a depth",
                    deepless("MODEL.g_depth"),
                    "MODEL.g_depth",
                    BACKBONE),
            rule(
                    "only the big_resnet_deep backbones have a depth",
                    deepless("MODEL.d_depth"),
                    "MODEL.d_depth",
                    BACKBONE),
            rule(
                    "only BigGAN's family shares a class embedding; set it to \"N/A\"",
                    s -> s.has("MODEL.g_shared_dim") && !s.big(),
                    "MODEL.g_shared_dim",
                    BACKBONE),
            rule(
                    "deep_conv and StyleGAN have no such width; set it to \"N/A\"",
                    widthless("MODEL.g_conv_dim"),
                    "MODEL.g_conv_dim",
                    BACKBONE),
            rule(
                    "deep_conv and StyleGAN have no such width; set it to \"N/A\"",
                    widthless("MODEL.d_conv_dim"),
                    "MODEL.d_conv_dim",
                    BACKBONE),
            rule(
                    "big_resnet cuts the latent into equal chunks, one more than it has blocks (4 at 32 pixels, 5 at 64, ...)",
                    s -> s.is(BACKBONE, "big_resnet") && whole(s, "MODEL.z_dim") % (log2(size(s)) - 1) != 0,
                    "MODEL.z_dim",
                    SIZE,
                    BACKBONE),
            rule(
                    "only StyleGAN has cAdaIN; use cBN or W/O",
                    s -> s.is(G_COND, "cAdaIN") && !s.styleGan(),
                    G_COND,
                    BACKBONE),
            rule("StyleGAN has cAdaIN or W/O", s -> s.styleGan() && s.is(G_COND, "cBN"), G_COND, BACKBONE),
            rule("activation Auto and StyleGAN need each other", auto("MODEL.g_act_fn"), "MODEL.g_act_fn", BACKBONE),
            rule("activation Auto and StyleGAN need each other", auto("MODEL.d_act_fn"), "MODEL.d_act_fn", BACKBONE),
            rule("CIFAR's images have 32 pixels", s -> cifar(s) && size(s) != 32, SIZE, "DATA.name"),
            rule(
                    "CIFAR10 has 10 classes",
                    s -> s.is("DATA.name", "CIFAR10") && classes(s) != 10,
                    "DATA.num_classes",
                    "DATA.name"),
            rule(
                    "CIFAR100 has 100 classes",
                    s -> s.is("DATA.name", "CIFAR100") && classes(s) != 100,
                    "DATA.num_classes",
                    "DATA.name"));

    private static final List<Rule> LOSSES = List.of(
            rule(
                    "TAC and ADC need d_cond_mtd AC, 2C or D2DCE",
                    s -> s.is("MODEL.aux_cls_type", "TAC", "ADC") && !s.is(D_COND, "AC", "2C", "D2DCE"),
                    "MODEL.aux_cls_type",
                    D_COND),
            rule(
                    "MH must be both or neither",
                    s -> s.is(D_COND, "MH") != s.is("LOSS.adv_loss", "MH"),
                    D_COND,
                    "LOSS.adv_loss"),
            rule(
                    "top-k training needs one logit an image",
                    s -> s.on("LOSS.apply_topk") && s.is(D_COND, "MH", "SPD"),
                    "LOSS.apply_topk",
                    D_COND),
            rule("only StyleGAN has SPD; use PD", s -> s.is(D_COND, "SPD") && !s.styleGan(), D_COND, BACKBONE),
            rule("PD fails with StyleGAN; use SPD", s -> s.is(D_COND, "PD") && s.styleGan(), D_COND, BACKBONE),
            rule(
                    "CR and bCR exclude each other",
                    both("LOSS.apply_cr", "LOSS.apply_bcr"),
                    "LOSS.apply_bcr",
                    "LOSS.apply_cr"),
            rule(
                    "CR and zCR exclude each other",
                    both("LOSS.apply_cr", "LOSS.apply_zcr"),
                    "LOSS.apply_zcr",
                    "LOSS.apply_cr"),
            rule(
                    "zCR knows no codes of InfoGAN",
                    s -> s.on("LOSS.apply_zcr") && s.has("MODEL.info_type"),
                    "LOSS.apply_zcr",
                    "MODEL.info_type"),
            rule(
                    "not all three penalties at once",
                    both("LOSS.apply_gp", "LOSS.apply_dra").and(s -> s.on("LOSS.apply_maxgp")),
                    "LOSS.apply_gp",
                    "LOSS.apply_dra",
                    "LOSS.apply_maxgp"),
            rule(
                    "LeCam's averages need at least one step to begin with",
                    s -> s.on("LOSS.apply_lecam")
                            && s.has("LOSS.lecam_ema_start_iter")
                            && whole(s, "LOSS.lecam_ema_start_iter") == 0,
                    "LOSS.lecam_ema_start_iter",
                    "LOSS.apply_lecam"),
            codeless("MODEL.info_num_discrete_c", "continuous"),
            codeless("MODEL.info_dim_discrete_c", "continuous"),
            codeless("LOSS.infoGAN_loss_discrete_lambda", "continuous"),
            codeless("MODEL.info_num_conti_c", "discrete"),
            codeless("LOSS.infoGAN_loss_conti_lambda", "discrete"),
            codeless("MODEL.g_info_injection", "none"),
            augmentation("LOSS.apply_cr", "AUG.cr_aug_type"),
            augmentation("LOSS.apply_bcr", "AUG.bcr_aug_type"),
            augmentation("AUG.apply_diffaug", "AUG.diffaug_type"),
            augmentation("AUG.apply_ada", "AUG.ada_aug_type"),
            alike("initial_augment_p"),
            alike("target"),
            alike("kimg"),
            alike("interval"));

    private static final List<Rule> STYLEGAN = List.of(
            rule(
                    "StyleGAN has no spectral normalisation",
                    onIn("MODEL.apply_g_sn", STYLE),
                    "MODEL.apply_g_sn",
                    BACKBONE),
            rule(
                    "StyleGAN has no spectral normalisation",
                    onIn("MODEL.apply_d_sn", STYLE),
                    "MODEL.apply_d_sn",
                    BACKBONE),
            rule("StyleGAN has no attention", onIn("MODEL.apply_attn", STYLE), "MODEL.apply_attn", BACKBONE),
            without("LOSS.apply_fm"),
            without("LOSS.apply_gp"),
            without("LOSS.apply_dra"),
            without("LOSS.apply_maxgp"),
            without("LOSS.apply_zcr"),
            without("LOSS.apply_lo"),
            averaged("MODEL.g_ema_decay", STYLE, "StyleGAN's average goes by g_ema_kimg; set it to \"N/A\""),
            averaged("MODEL.g_ema_start", STYLE, "StyleGAN's average goes by g_ema_kimg; set it to \"N/A\""),
            averaged("STYLEGAN.g_ema_kimg", STYLE.negate(), "only StyleGAN's average goes by it; set it to \"N/A\""),
            averaged("STYLEGAN.g_ema_rampup", STYLE.negate(), "only StyleGAN's average goes by it; set it to \"N/A\""),
            rule(
                    "InfoGAN's codes enter StyleGAN by concat",
                    s -> s.styleGan() && s.is("MODEL.g_info_injection", "cBN"),
                    "MODEL.g_info_injection",
                    BACKBONE),
            rule(
                    "the group must not be larger than the batch",
                    s -> s.styleGan()
                            && whole(s, "STYLEGAN.d_epilogue_mbstd_group_size") > whole(s, "OPTIMIZATION.batch_size"),
                    "STYLEGAN.d_epilogue_mbstd_group_size",
                    "OPTIMIZATION.batch_size"),
            rule(
                    "the reference refuses the whole batch as a group; give a number",
                    s -> s.styleGan()
                            && s.value("STYLEGAN.d_epilogue_mbstd_group_size").content() == Value.Missing.NULL,
                    "STYLEGAN.d_epilogue_mbstd_group_size"));

    private Rules() {}

    /** Adds a problem for each rule that is broken and each value that is missing. */
    static void check(Settings settings, Schema schema, Problems problems) {
        Stream.of(NETWORKS, LOSSES, STYLEGAN).flatMap(List::stream).forEach(rule -> check(rule, settings, problems));
        for (Need need : Need.ALL) {
            if (need.when().test(settings)) {
                need.keys().stream()
                        .filter(key -> settings.value(key).content() == Value.Missing.UNSET)
                        .forEach(key -> problems.add(
                                settings.value(settings.value(key).written() ? key : need.decider())
                                        .place(),
                                key + " is missing (" + meaning(schema, key) + "): " + need.what() + " needs it, since "
                                        + settings.said(need.decider())));
            }
        }
    }

    private static String meaning(Schema schema, String key) {
        return schema.find(key).map(Key::meaning).orElse("");
    }

    private static void check(Rule rule, Settings settings, Problems problems) {
        List<Value> values = rule.keys().stream().map(settings::value).toList();
        if (values.stream().anyMatch(Value::broken) || !rule.broken().test(settings)) {
            return;
        }
        Value at = values.stream().filter(Value::written).findFirst().orElse(values.get(0));
        String said = rule.keys().stream().map(settings::said).collect(Collectors.joining(", "));
        problems.add(at.place(), said + ": " + rule.advice());
    }

    private static boolean cifar(Settings s) {
        return s.is("DATA.name", "CIFAR10", "CIFAR100");
    }

    private static int size(Settings s) {
        return whole(s, SIZE);
    }

    private static int classes(Settings s) {
        return whole(s, "DATA.num_classes");
    }

    private static int whole(Settings s, String key) {
        return s.number(key).intValue();
    }

    private static int log2(int number) {
        return 31 - Integer.numberOfLeadingZeros(number);
    }

    private static Predicate<Settings> deepless(String key) {
        return s -> s.has(key) && !s.deep();
    }

    private static Predicate<Settings> widthless(String key) {
        return s -> s.has(key) && (s.styleGan() || s.is(BACKBONE, "deep_conv"));
    }

    private static Predicate<Settings> auto(String key) {
        return s -> s.is(key, "Auto") != s.styleGan();
    }

    private static Predicate<Settings> both(String one, String other) {
        return s -> s.on(one) && s.on(other);
    }

    private static Predicate<Settings> onIn(String flag, Predicate<Settings> family) {
        return family.and(s -> s.on(flag));
    }

    private static Rule without(String flag) {
        return rule("StyleGAN does without", onIn(flag, STYLE), flag, BACKBONE);
    }

    private static Rule averaged(String key, Predicate<Settings> family, String advice) {
        return rule(advice, onIn("MODEL.apply_g_ema", family).and(s -> s.has(key)), key, BACKBONE);
    }

    /** A key of InfoGAN must be "N/A" where nothing of its kind is asked for. */
    private static Rule codeless(String key, String other) {
        return rule(
                "no such codes are asked for; set it to \"N/A\"",
                s -> s.has(key) && (!s.has("MODEL.info_type") || s.is("MODEL.info_type", other)),
                key,
                "MODEL.info_type");
    }

    private static Rule augmentation(String flag, String type) {
        return rule("it needs a type other than W/O", s -> s.on(flag) && s.is(type, "W/O"), type, flag);
    }

    private static Rule alike(String name) {
        String ada = "AUG.ada_" + name;
        String apa = "AUG.apa_" + name;
        return rule(
                "ADA and APA together must have the same",
                both("AUG.apply_ada", "AUG.apply_apa")
                        .and(s -> !s.text(ada).equals(s.text(apa))
                                && s.number(ada).compareTo(s.number(apa)) != 0),
                apa,
                ada);
    }
}
