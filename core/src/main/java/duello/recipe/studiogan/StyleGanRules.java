package duello.recipe.studiogan;

import static duello.recipe.studiogan.Rule.rule;

import java.util.List;
import java.util.function.Predicate;

/** What StyleGAN does without, and what only StyleGAN has. */
final class StyleGanRules {
    private static final String BACKBONE = "MODEL.backbone";
    private static final Predicate<Settings> STYLE = Settings::styleGan;

    static final List<Rule> ALL = List.of(
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
            rule(
                    "StyleGAN's latents are gaussian: only their direction matters",
                    s -> s.styleGan() && s.is("MODEL.z_prior", "uniform"),
                    "MODEL.z_prior",
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
                            && s.whole("STYLEGAN.d_epilogue_mbstd_group_size") > s.whole("OPTIMIZATION.batch_size"),
                    "STYLEGAN.d_epilogue_mbstd_group_size",
                    "OPTIMIZATION.batch_size"),
            rule(
                    "the reference refuses the whole batch as a group; give a number",
                    s -> s.styleGan()
                            && s.value("STYLEGAN.d_epilogue_mbstd_group_size").content() == Value.Missing.NULL,
                    "STYLEGAN.d_epilogue_mbstd_group_size"));

    private StyleGanRules() {}

    private static Predicate<Settings> onIn(String flag, Predicate<Settings> family) {
        return family.and(s -> s.on(flag));
    }

    private static Rule without(String flag) {
        return rule("StyleGAN does without", onIn(flag, STYLE), flag, BACKBONE);
    }

    private static Rule averaged(String key, Predicate<Settings> family, String advice) {
        return rule(advice, onIn("MODEL.apply_g_ema", family).and(s -> s.has(key)), key, BACKBONE);
    }
}
