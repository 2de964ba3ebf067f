package duello.recipe.studiogan;

import java.util.List;
import java.util.function.Predicate;

/**
 * A part of the training that takes part under a condition, and the keys that it needs then and nobody reads otherwise.
 *
 * @param what its name
 * @param decider the key that decides
 * @param when whether it takes part
 * @param keys what it needs
 */
record Need(String what, String decider, Predicate<Settings> when, List<String> keys) {
    /** All of them. */
    static final List<Need> ALL = List.of(
            flag("feature matching", "LOSS.apply_fm", "LOSS.fm_lambda"),
            flag("R1", "LOSS.apply_r1_reg", "LOSS.r1_lambda"),
            flag("weight clipping", "LOSS.apply_wc", "LOSS.wc_bound"),
            flag("WGAN-GP's penalty", "LOSS.apply_gp", "LOSS.gp_lambda"),
            flag("DRAGAN's penalty", "LOSS.apply_dra", "LOSS.dra_lambda"),
            flag("the max gradient penalty", "LOSS.apply_maxgp", "LOSS.maxgp_lambda"),
            flag("CR", "LOSS.apply_cr", "LOSS.cr_lambda"),
            flag("bCR", "LOSS.apply_bcr", "LOSS.real_lambda", "LOSS.fake_lambda"),
            flag("zCR", "LOSS.apply_zcr", "LOSS.radius", "LOSS.g_lambda", "LOSS.d_lambda"),
            flag(
                    "latent optimisation",
                    "LOSS.apply_lo",
                    "LOSS.lo_alpha",
                    "LOSS.lo_beta",
                    "LOSS.lo_rate",
                    "LOSS.lo_lambda",
                    "LOSS.lo_steps4train",
                    "LOSS.lo_steps4eval"),
            flag("top-k training", "LOSS.apply_topk", "LOSS.topk_gamma", "LOSS.topk_nu"),
            flag("LeCam", "LOSS.apply_lecam", "LOSS.lecam_lambda", "LOSS.lecam_ema_start_iter", "LOSS.lecam_ema_decay"),
            flag(
                    "ADA",
                    "AUG.apply_ada",
                    "AUG.ada_initial_augment_p",
                    "AUG.ada_target",
                    "AUG.ada_kimg",
                    "AUG.ada_interval"),
            flag(
                    "APA",
                    "AUG.apply_apa",
                    "AUG.apa_initial_augment_p",
                    "AUG.apa_target",
                    "AUG.apa_kimg",
                    "AUG.apa_interval"),
            flag("attention", "MODEL.apply_attn", "MODEL.attn_g_loc", "MODEL.attn_d_loc"),
            flag("path-length regularisation", "STYLEGAN.apply_pl_reg", "STYLEGAN.pl_weight"),
            word("the class objective", "MODEL.d_cond_mtd", List.of("AC", "2C", "D2DCE"), "LOSS.cond_lambda"),
            word(
                    "a loss between embeddings",
                    "MODEL.d_cond_mtd",
                    List.of("2C", "D2DCE"),
                    "LOSS.temperature",
                    "MODEL.d_embed_dim"),
            word("D2D-CE", "MODEL.d_cond_mtd", List.of("D2DCE"), "LOSS.m_p"),
            word("the multi-hinge loss", "LOSS.adv_loss", List.of("MH"), "LOSS.mh_lambda"),
            word("TAC", "MODEL.aux_cls_type", List.of("TAC"), "LOSS.tac_gen_lambda", "LOSS.tac_dis_lambda"),
            word(
                    "a discrete code",
                    "MODEL.info_type",
                    List.of("discrete", "both"),
                    "MODEL.info_num_discrete_c",
                    "MODEL.info_dim_discrete_c",
                    "LOSS.infoGAN_loss_discrete_lambda"),
            word(
                    "a continuous code",
                    "MODEL.info_type",
                    List.of("continuous", "both"),
                    "MODEL.info_num_conti_c",
                    "LOSS.infoGAN_loss_conti_lambda"),
            word("InfoGAN", "MODEL.info_type", List.of("discrete", "continuous", "both"), "MODEL.g_info_injection"),
            word("SGD", "OPTIMIZATION.type_", List.of("SGD"), "OPTIMIZATION.nesterov"),
            word("SGD or RMSprop", "OPTIMIZATION.type_", List.of("SGD", "RMSprop"), "OPTIMIZATION.momentum"),
            word("RMSprop", "OPTIMIZATION.type_", List.of("RMSprop"), "OPTIMIZATION.alpha"),
            new Need(
                    "the average of G",
                    "MODEL.apply_g_ema",
                    s -> s.on("MODEL.apply_g_ema") && !s.styleGan(),
                    List.of("MODEL.g_ema_decay", "MODEL.g_ema_start")),
            new Need(
                    "the embedding that G's blocks share",
                    "MODEL.g_cond_mtd",
                    Settings::sharesClasses,
                    List.of("MODEL.g_shared_dim")),
            new Need(
                    "a residual network",
                    "MODEL.backbone",
                    s -> s.big() || s.is("MODEL.backbone", "resnet"),
                    List.of("MODEL.g_conv_dim", "MODEL.d_conv_dim")),
            new Need(
                    "a deep residual network",
                    "MODEL.backbone",
                    Settings::deep,
                    List.of("MODEL.g_depth", "MODEL.d_depth")),
            new Need(
                    "StyleGAN",
                    "MODEL.backbone",
                    Settings::styleGan,
                    List.of(
                            "MODEL.w_dim",
                            "STYLEGAN.g_reg_interval",
                            "STYLEGAN.d_reg_interval",
                            "STYLEGAN.mapping_network",
                            "STYLEGAN.style_mixing_p",
                            "STYLEGAN.d_architecture",
                            "STYLEGAN.d_epilogue_mbstd_group_size")),
            new Need(
                    "StyleGAN's average of G",
                    "MODEL.apply_g_ema",
                    s -> s.on("MODEL.apply_g_ema") && s.styleGan(),
                    List.of("STYLEGAN.g_ema_kimg")),
            new Need(
                    "StyleGAN's R1",
                    "LOSS.apply_r1_reg",
                    s -> s.on("LOSS.apply_r1_reg") && s.styleGan(),
                    List.of("LOSS.r1_place")),
            word("StyleGAN3", "MODEL.backbone", List.of("stylegan3"), "STYLEGAN.stylegan3_cfg"),
            word("stylegan3-r", "STYLEGAN.stylegan3_cfg", List.of("stylegan3-r"), "STYLEGAN.blur_init_sigma"));

    private static Need flag(String what, String flag, String... keys) {
        return new Need(what, flag, s -> s.on(flag), List.of(keys));
    }

    private static Need word(String what, String key, List<String> words, String... keys) {
        return new Need(what, key, s -> s.is(key, words.toArray(String[]::new)), List.of(keys));
    }
}
