package duello.recipe.studiogan;

import static duello.recipe.studiogan.Rule.rule;

import java.util.List;
import java.util.function.Predicate;

/** Which losses, regularisers and augmentations go together. */
final class LossRules {
    private static final String BACKBONE = "MODEL.backbone";
    private static final String D_COND = "MODEL.d_cond_mtd";

    static final List<Rule> ALL = List.of(
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
                            && s.whole("LOSS.lecam_ema_start_iter") == 0,
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

    private LossRules() {}

    private static Predicate<Settings> both(String one, String other) {
        return s -> s.on(one) && s.on(other);
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
