package duello.recipe.studiogan;

import java.util.List;
import java.util.Map;

/** The recipe's adversarial loss, logit head and class objective. */
final class Objectives {
    private static final String LOSS = "LOSS.adv_loss";
    private static final String COND = "MODEL.d_cond_mtd";
    private static final String AUX = "MODEL.aux_cls_type";
    private static final String NORMALIZE = "MODEL.normalize_d_embed";

    private static final Map<String, String> LOSSES = Map.of("least_square", "least_squares", "MH", "multi_hinge");
    private static final Map<String, String> HEADS =
            Map.of("PD", "projection", "SPD", "style_projection", "MH", "multi_hinge", "MD", "multi_dimension");

    private final Asked asked;

    Objectives(Asked asked) {
        this.asked = asked;
    }

    Branch adversarial() {
        String name = asked.text(LOSS);
        Branch loss = asked.entry(LOSSES.getOrDefault(name, name), LOSS);
        return asked.is(LOSS, "MH") ? loss.with("generator", asked.value("LOSS.mh_lambda")) : loss;
    }

    Branch logit() {
        return asked.entry(HEADS.getOrDefault(asked.text(COND), "plain"), COND);
    }

    /** The class objective with its auxiliary scheme around it, or nothing. */
    List<Branch> classes() {
        if (!asked.is(COND, "AC", "2C", "D2DCE")) {
            return List.of();
        }
        Branch objective = objective();
        if (asked.is(AUX, "TAC")) {
            asked.note(
                    AUX,
                    AUX + ": TAC gets its twin head, as in the paper and in the reference up to v0.3.0; later ones read"
                            + " the main head instead, so that G's class terms cancel out at equal weights; for that put"
                            + " methods[0].form=reference behind the file's name");
            return List.of(asked.entry("tac", AUX)
                    .with("objective", objective)
                    .with("discriminator", asked.value("LOSS.tac_dis_lambda"))
                    .with("generator", asked.value("LOSS.tac_gen_lambda"))
                    .with("form", "twin"));
        }
        return asked.is(AUX, "ADC")
                ? List.of(asked.entry("adc", AUX).with("objective", objective))
                : List.of(objective);
    }

    private Branch objective() {
        Value weight = asked.value("LOSS.cond_lambda");
        if (asked.is(COND, "AC")) {
            return asked.entry("ac", COND).with("weight", weight).with("normalize", asked.value(NORMALIZE));
        }
        if (!asked.on(NORMALIZE)
                && (asked.on("LOSS.apply_cr") || asked.on("LOSS.apply_bcr") || asked.on("LOSS.apply_zcr"))) {
            asked.note(
                    NORMALIZE,
                    NORMALIZE + " is false: embeddings have length 1 here whatever it says; the class loss is"
                            + " the same, but consistency compares embeddings of that length");
        }
        Value embedding = asked.value("MODEL.d_embed_dim");
        Value temperature = asked.value("LOSS.temperature");
        if (asked.is(COND, "2C")) {
            return asked.entry("2c", COND)
                    .with("weight", weight)
                    .with("temperature", temperature)
                    .with("embedding", embedding);
        }
        return asked.entry("d2dce", COND)
                .with("weight", weight)
                .with("temperature", temperature)
                .with("margin", asked.value("LOSS.m_p"))
                .with("embedding", embedding)
                .with("form", "reference");
    }
}
