package duello.recipe.studiogan;

import java.util.ArrayList;
import java.util.List;

/** The recipe's regularisers, in the order in which the reference adds their terms. */
final class Regularization {
    private final Asked asked;
    private final Augmentation augmentation;
    private final List<Branch> methods = new ArrayList<>();

    private Regularization(Asked asked, Augmentation augmentation) {
        this.asked = asked;
        this.augmentation = augmentation;
    }

    static List<Branch> translated(Asked asked, Augmentation augmentation) {
        Regularization all = new Regularization(asked, augmentation);
        all.codes();
        all.latent();
        all.consistency();
        all.weighted("LOSS.apply_gp", "gradient_penalty", "LOSS.gp_lambda");
        all.weighted("LOSS.apply_dra", "dragan", "LOSS.dra_lambda");
        all.weighted("LOSS.apply_maxgp", "max_gradient_penalty", "LOSS.maxgp_lambda");
        all.lecam();
        all.r1();
        all.weighted("LOSS.apply_fm", "feature_matching", "LOSS.fm_lambda");
        all.clippingAndTopK();
        all.style();
        return all.methods;
    }

    private void codes() {
        String type = "MODEL.info_type";
        if (!asked.has(type)) {
            return;
        }
        Branch infogan = asked.entry("infogan", type);
        infogan.with("discrete", asked.is(type, "continuous") ? "0" : asked.text("LOSS.infoGAN_loss_discrete_lambda"));
        infogan.with("continuous", asked.is(type, "discrete") ? "0" : asked.text("LOSS.infoGAN_loss_conti_lambda"));
        methods.add(infogan);
    }

    private void latent() {
        if (asked.on("LOSS.apply_lo")) {
            Value steps = asked.value("LOSS.lo_steps4train");
            Value later = asked.value("LOSS.lo_steps4eval");
            asked.note(
                    "LOSS.lo_steps4train",
                    "LOSS.lo_steps4train " + steps.text() + ", LOSS.lo_steps4eval " + later.text()
                            + ": the reference moves latents once, whatever these say, and so does Duello");
            methods.add(asked.entry("logan", "LOSS.apply_lo")
                    .with("alpha", asked.value("LOSS.lo_alpha"))
                    .with("beta", asked.value("LOSS.lo_beta"))
                    .with("rate", asked.value("LOSS.lo_rate"))
                    .with("weight", asked.value("LOSS.lo_lambda")));
        }
    }

    private void consistency() {
        if (asked.on("LOSS.apply_cr")) {
            methods.add(asked.entry("cr", "LOSS.apply_cr")
                    .with("weight", asked.value("LOSS.cr_lambda"))
                    .with("augment", augmentation.named("AUG.cr_aug_type")));
        }
        if (asked.on("LOSS.apply_bcr")) {
            methods.add(asked.entry("bcr", "LOSS.apply_bcr")
                    .with("real", asked.value("LOSS.real_lambda"))
                    .with("fake", asked.value("LOSS.fake_lambda"))
                    .with("augment", augmentation.named("AUG.bcr_aug_type")));
        }
        if (asked.on("LOSS.apply_zcr")) {
            methods.add(asked.entry("zcr", "LOSS.apply_zcr")
                    .with("radius", asked.value("LOSS.radius"))
                    .with("discriminator", asked.value("LOSS.d_lambda"))
                    .with("generator", asked.value("LOSS.g_lambda")));
        }
    }

    private void lecam() {
        if (asked.on("LOSS.apply_lecam")) {
            methods.add(asked.entry("lecam", "LOSS.apply_lecam")
                    .with("weight", asked.value("LOSS.lecam_lambda"))
                    .with("start", asked.value("LOSS.lecam_ema_start_iter"))
                    .with("decay", asked.value("LOSS.lecam_ema_decay")));
        }
    }

    private void r1() {
        weighted("LOSS.apply_r1_reg", "r1", "LOSS.r1_lambda");
        if (asked.styleGan() && asked.on("LOSS.apply_r1_reg")) {
            methods.get(methods.size() - 1)
                    .with("every", asked.value("STYLEGAN.d_reg_interval"))
                    .with("place", asked.is("LOSS.r1_place", "outside_loop") ? "own" : "side");
        }
    }

    private void style() {
        if (!asked.styleGan()) {
            return;
        }
        Value mixing = asked.value("STYLEGAN.style_mixing_p");
        if (asked.positive("STYLEGAN.style_mixing_p")) {
            methods.add(asked.entry("style_mixing", "STYLEGAN.style_mixing_p").with("probability", mixing));
        }
        if (asked.on("STYLEGAN.apply_pl_reg")) {
            methods.add(asked.entry("path_length", "STYLEGAN.apply_pl_reg")
                    .with("weight", asked.value("STYLEGAN.pl_weight"))
                    .with("every", asked.value("STYLEGAN.g_reg_interval")));
        }
    }

    private void clippingAndTopK() {
        if (asked.on("LOSS.apply_wc")) {
            methods.add(asked.entry("weight_clipping", "LOSS.apply_wc").with("bound", asked.value("LOSS.wc_bound")));
        }
        if (asked.on("LOSS.apply_topk")) {
            methods.add(asked.entry("top_k", "LOSS.apply_topk")
                    .with("gamma", asked.value("LOSS.topk_gamma"))
                    .with("nu", asked.value("LOSS.topk_nu")));
        }
    }

    private void weighted(String flag, String type, String weight) {
        if (asked.on(flag)) {
            methods.add(asked.entry(type, flag).with("weight", asked.value(weight)));
        }
    }
}
