package duello.golden;

import duello.golden.GivenSides.Origin;
import duello.golden.GivenSides.Side;
import duello.method.AdversarialTerm;
import duello.method.ClassObjective;
import duello.method.Loss;
import duello.method.Method;
import duello.method.PerSample;
import duello.method.Player;
import duello.method.Scored;
import duello.method.Term;
import duello.method.adversarial.Hinge;
import duello.method.adversarial.MultiHinge;
import duello.method.adversarial.Vanilla;
import duello.method.condition.AuxiliaryClassifier;
import duello.method.condition.Contrastive;
import duello.method.condition.DataToData;
import duello.method.condition.DiscriminativeClassifier;
import duello.method.condition.InfoGan;
import duello.method.condition.MultiDimension;
import duello.method.condition.PlainLogit;
import duello.method.condition.TwinClassifier;
import duello.model.Codes;
import duello.model.LogitHead;
import duello.torch.Devices;
import duello.torch.Ops;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Computes the cases of conditioning methods, each by the method itself on given features. */
final class ConditionFormulas {
    private final ObjectiveCase given;
    private final Map<String, Tensor> results = new LinkedHashMap<>();

    private ConditionFormulas(ObjectiveCase given) {
        this.given = given;
    }

    static Map<String, Tensor> compute(ObjectiveCase given) {
        ConditionFormulas f = new ConditionFormulas(given);
        switch (given.name()) {
            case "mh_crammer_singer" -> f.multiHinge();
            case "md_select_then_vanilla" -> f.multiDimension();
            case "tac_ac" -> f.twinClassifier();
            case "tac_d2dce_generator" -> f.twinEmbeddings();
            case "adc_ac" -> f.discriminativeClassifier();
            case "adc_2c_generator" -> f.discriminativeContrastive();
            case "infogan_discrete" -> f.categoricalCodes();
            case "infogan_continuous" -> f.continuousCodes();
            default -> throw new AssertionError(given.name());
        }
        return f.results;
    }

    private Side side(String features, String labels) {
        return new Side(given.input(features), given.whole(labels));
    }

    private static GivenSides sides(Side real, Side fake, int classes, LogitHead logit) {
        return new GivenSides(real, fake, classes, logit, new Origin(fake.features(), null));
    }

    private static Term built(Method method, GivenSides sides) {
        return (Term) method.build(sides.table());
    }

    private void multiHinge() {
        MultiHinge loss = new MultiHinge(given.parameter("mh_lambda"));
        Scored real = new Scored(given.input("scores_real"), given.whole("labels_real"));
        Scored fake = new Scored(given.input("scores_fake"), given.whole("labels_fake"));
        PerSample d = loss.discriminator(real, fake);
        results.put("d_real", new PerSample(d.real(), null).mean());
        results.put("d_fake", new PerSample(null, d.fake()).mean());
        results.put("d_loss", d.mean());
        results.put(
                "g_unweighted", new MultiHinge(1).generator(() -> real, fake).mean());
        results.put("g_loss", loss.generator(() -> real, fake).mean());
    }

    private void multiDimension() {
        GivenSides sides = sides(
                        side("scores_real", "labels_real"), side("scores_fake", "labels_fake"), 3, new MultiDimension())
                .selects("linear1", 0, 3);
        Term vanilla = new AdversarialTerm(new Vanilla(), List.of());
        results.put("d_loss", sides.loss(Player.DISCRIMINATOR, vanilla).total());
        results.put("g_loss", sides.loss(Player.GENERATOR, vanilla).total());
        results.put("adv_real", sides.step(Player.DISCRIMINATOR).onReal().logit());
        results.put("adv_fake", sides.step(Player.DISCRIMINATOR).onFake().logit());
    }

    // ---- the twin: features are a logit, the main head's outputs, the twin's

    private void twinClassifier() {
        Loss d = twinClassifier(Player.DISCRIMINATOR, TwinClassifier.Form.TWIN);
        Loss g = twinClassifier(Player.GENERATOR, TwinClassifier.Form.TWIN);
        results.put("ce_cls_real", d.values().get("class"));
        results.put("ce_mi_fake", d.values().get("twin"));
        results.put("ce_cls_fake", g.values().get("class"));
        results.put("intended_d_total", d.total());
        results.put("intended_g_total", g.total());
        TwinClassifier.Form reference = TwinClassifier.Form.REFERENCE;
        results.put(
                "reference_head_d_total",
                twinClassifier(Player.DISCRIMINATOR, reference).total());
        results.put(
                "reference_head_g_total",
                twinClassifier(Player.GENERATOR, reference).total());
    }

    private Loss twinClassifier(Player player, TwinClassifier.Form form) {
        // Nobody reads the twin's outputs of real images.
        Tensor none = Ops.mul(given.input("cls_real"), 0);
        Tensor real = Ops.cat(1, given.input("logits_real").unsqueeze(1), given.input("cls_real"), none);
        Tensor fake = Ops.cat(
                1, given.input("logits_fake").unsqueeze(1), given.input("cls_fake"), given.input("mi_cls_fake"));
        GivenSides sides = sides(
                new Side(real, given.whole("labels_real")),
                new Side(fake, given.whole("labels_fake")),
                3,
                new PlainLogit());
        Term twin = built(twin(classifier(), form, "tac_dis_lambda"), sides);
        return sides.selects("linear1", 0, 1)
                .selects("linear2", 1, 4)
                .selects("linear_mi", 4, 7)
                .loss(player, new AdversarialTerm(new Hinge(), List.of()), twin);
    }

    private ClassObjective classifier() {
        return new AuxiliaryClassifier(given.parameter("cond_lambda"), false);
    }

    private TwinClassifier twin(ClassObjective objective, TwinClassifier.Form form, String discriminator) {
        return new TwinClassifier(objective, given.parameter(discriminator), given.parameter("tac_gen_lambda"), form);
    }

    private void twinEmbeddings() {
        DataToData objective = new DataToData(
                given.parameter("cond_lambda"),
                given.parameter("temperature"),
                given.parameter("m_p"),
                3,
                DataToData.Form.REFERENCE);
        Loss twin = twinEmbeddings(twin(objective, TwinClassifier.Form.TWIN, "tac_gen_lambda"));
        results.put("main_head_loss", twin.values().get("class"));
        results.put("twin_head_loss", twin.values().get("twin"));
        results.put("intended_g_class_terms", twin.total());
        results.put(
                "reference_head_g_class_terms",
                twinEmbeddings(twin(objective, TwinClassifier.Form.REFERENCE, "tac_gen_lambda"))
                        .total());
    }

    /** The samples' classes are 0, 1, 1, so the first two proxies are the table. */
    private Loss twinEmbeddings(TwinClassifier method) {
        Side side = new Side(Ops.cat(1, given.input("embed"), given.input("mi_embed")), given.whole("labels"));
        GivenSides sides = sides(side, side, 2, new PlainLogit());
        Term term = built(method, sides);
        return sides.selects("linear1", 0, 1)
                .selects("linear2", 0, 3)
                .weight("embedding.weight", Ops.rows(given.input("proxy"), 0, 2))
                .selects("linear_mi", 3, 6)
                .weight("embedding_mi.weight", Ops.rows(given.input("mi_proxy"), 0, 2))
                .loss(Player.GENERATOR, term);
    }

    // ---- doubled classes

    private void discriminativeClassifier() {
        GivenSides sides = sides(side("cls_real", "labels_real"), side("cls_fake", "labels_fake"), 3, new PlainLogit());
        Term term = built(new DiscriminativeClassifier(classifier()), sides);
        sides.selects("linear1", 0, 1).selects("linear2", 0, 6);
        Loss d = sides.loss(Player.DISCRIMINATOR, term);
        Loss g = sides.loss(Player.GENERATOR, term);
        results.put("real_targets", DiscriminativeClassifier.real(given.whole("labels_real")));
        results.put("fake_targets_in_d", DiscriminativeClassifier.generated(given.whole("labels_fake")));
        results.put("d_real", d.values().get("class"));
        results.put("d_fake", d.values().get("class_generated"));
        results.put("d_class_terms", d.total());
        results.put("g_real_side", g.values().get("class"));
        results.put("g_fake_side", g.values().get("class_generated"));
        results.put("g_class_terms", g.total());
    }

    private void discriminativeContrastive() {
        Side side = side("embed", "labels");
        GivenSides sides = sides(side, side, 2, new PlainLogit());
        Contrastive objective = new Contrastive(given.parameter("cond_lambda"), given.parameter("temperature"), 3);
        Term term = built(new DiscriminativeClassifier(objective), sides);
        Loss g = sides.selects("linear1", 0, 1)
                .selects("linear2", 0, 3)
                .weight("embedding.weight", given.input("proxy_table"))
                .loss(Player.GENERATOR, term);
        results.put("real_side", g.values().get("class"));
        results.put("fake_side", g.values().get("class_generated"));
        results.put("g_class_terms", g.total());
    }

    // ---- codes

    private void categoricalCodes() {
        int count = (int) given.parameter("info_num_discrete_c");
        int categories = (int) given.parameter("info_dim_discrete_c");
        Codes codes = new Codes(count, categories, 0, Codes.Injection.CONCAT);
        Tensor chosen = given.whole("codes");
        Origin origin = new Origin(Ops.oneHot(chosen, categories).flatten(1, -1), codes);
        GivenSides sides = coded(given.input("info_discrete_c_logits"), origin);
        Term term = built(new InfoGan(given.parameter("infoGAN_loss_discrete_lambda"), 1), sides);
        Loss g = sides.selects("info_discrete_linear", 0, (long) count * categories)
                .loss(Player.GENERATOR, term);
        results.put("loss", g.values().get("codes_discrete"));
        results.put("weighted", g.total());
    }

    private void continuousCodes() {
        Tensor means = given.input("mu");
        int count = (int) means.size(1);
        Origin origin = new Origin(given.input("codes"), new Codes(0, 2, count, Codes.Injection.CONCAT));
        GivenSides sides = coded(Ops.cat(1, means, given.input("raw_var_head_output")), origin);
        Term term = built(new InfoGan(1, given.parameter("infoGAN_loss_conti_lambda")), sides);
        Loss g = sides.selects("info_conti_mu_linear", 0, count)
                .selects("info_conti_var_linear", count, 2L * count)
                .loss(Player.GENERATOR, term);
        results.put("loss", g.total());
        results.put(
                "var",
                sides.step(Player.GENERATOR).onFake().read(term.heads().get(1)).exp());
    }

    private static GivenSides coded(Tensor features, Origin origin) {
        Side side = new Side(features, Ops.range(features.size(0), Devices.CPU));
        return new GivenSides(side, side, 2, new PlainLogit(), origin).selects("linear1", 0, 1);
    }
}
