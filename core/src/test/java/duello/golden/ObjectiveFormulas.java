package duello.golden;

import duello.method.Adversarial;
import duello.method.Scored;
import duello.method.adversarial.Hinge;
import duello.method.adversarial.LeastSquares;
import duello.method.adversarial.Vanilla;
import duello.method.adversarial.Wasserstein;
import duello.method.augment.DiffAugment;
import duello.method.condition.AuxiliaryClassifier;
import duello.method.condition.Contrastive;
import duello.method.condition.DataToData;
import duello.method.condition.Projection;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Average;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Computes the cases of the file of formulas, by the published methods' own code. */
final class ObjectiveFormulas {
    private final ObjectiveCase given;
    private final Map<String, Tensor> results = new LinkedHashMap<>();

    private ObjectiveFormulas(ObjectiveCase given) {
        this.given = given;
    }

    /** Our results by expected entry; none if there is no such method yet. */
    static Map<String, Tensor> compute(ObjectiveCase given) {
        ObjectiveFormulas f = new ObjectiveFormulas(given);
        String name = given.name();
        String group = name.contains("_") ? name.substring(0, name.indexOf('_')) : name;
        switch (group) {
            case "adv" -> f.adversarial();
            case "pd" -> f.projection();
            case "2c" -> f.contrastive();
            case "d2dce" -> f.dataToData();
            case "mh", "md", "tac", "adc", "infogan" -> f.results.putAll(ConditionFormulas.compute(given));
            case "diffaug" -> f.diffAugment();
            case "ada", "apa", "cr" -> f.results.putAll(AugmentFormulas.compute(given));
            case "spd", "path", "lazy" -> f.results.putAll(StyleFormulas.compute(given));
            case "toy" -> f.results.putAll(ToyTraining.run(given));
            default -> {
                f.results.putAll(
                        name.equals("ema_stylegan_beta")
                                ? StyleFormulas.compute(given)
                                : RegularizeFormulas.compute(given));
                if (name.equals("ac_cross_entropy")) {
                    f.classifier();
                } else if (name.equals("ema_standard")) {
                    f.average();
                }
            }
        }
        return f.results;
    }

    private void adversarial() {
        Adversarial loss = switch (given.text("adv_loss")) {
            case "vanilla", "logistic" -> new Vanilla();
            case "least_square" -> new LeastSquares();
            case "hinge" -> new Hinge();
            case "wasserstein" -> new Wasserstein();
            default -> throw new AssertionError(given.text("adv_loss"));
        };
        Tensor real = given.leaf("logits_real");
        Tensor fake = given.leaf("logits_fake");
        Tensor labels = Ops.range(4, Devices.CPU);
        Tensor d = loss.discriminator(new Scored(real, labels), new Scored(fake, labels))
                .mean();
        Tensor g = loss.generator(() -> new Scored(real, labels), new Scored(fake, labels))
                .mean();
        List<Tensor> gradients = Ops.grads(d, List.of(real, fake), false);
        results.put("d_loss", d);
        results.put("g_loss", g);
        results.put("d_grad_real", gradients.get(0));
        results.put("d_grad_fake", gradients.get(1));
        results.put("g_grad_fake", Ops.grad(g, fake, false));
    }

    private void projection() {
        Module module = new Module();
        Layers layers = new Layers(Init.of(Init.Rule.N02, 1, Devices.CPU), false);
        Head head = new Projection().build(new HeadSite(module, layers, 3), 2);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("linear1.weight", given.input("linear1_weight").view(1, 3));
        weights.put("linear1.bias", given.input("linear1_bias").view(1));
        weights.put("embedding.weight", given.input("embedding"));
        module.load(weights, "the case");
        Tensor h = given.input("h").to(ScalarType.Float);
        Tensor labels = given.whole("labels");
        Tensor logit = head.read(Features.of(h, 1, h.view(2, 3, 1, 1)), labels, Forward.EVALUATION);
        Scored scored = new Scored(logit, labels);
        results.put("adv_output", logit);
        results.put("g_hinge", new Hinge().generator(() -> scored, scored).mean());
    }

    private void classifier() {
        Tensor real = AuxiliaryClassifier.loss(given.input("cls_real"), given.whole("labels_real"));
        Tensor fake = AuxiliaryClassifier.loss(given.input("cls_fake"), given.whole("labels_fake"));
        results.put("ce_real", real);
        results.put("ce_fake", fake);
        results.put("d_term", Ops.mul(real, given.parameter("cond_lambda")));
        results.put("g_term", Ops.mul(fake, given.parameter("cond_lambda")));
    }

    private void contrastive() {
        Tensor embed = given.leaf("embed");
        Tensor proxy = given.leaf("proxy");
        Tensor loss = Contrastive.loss(embed, proxy, given.whole("labels"), given.parameter("temperature"));
        results.put("head", loss);
        classLoss(loss, embed, proxy);
    }

    private void dataToData() {
        Tensor embed = given.leaf("embed");
        Tensor proxy = given.leaf("proxy");
        Tensor labels = given.whole("labels");
        results.put(
                "paper_form_without_max_shift", DataToData.loss(embed, proxy, labels, settings(DataToData.Form.PAPER)));
        classLoss(DataToData.loss(embed, proxy, labels, settings(DataToData.Form.REFERENCE)), embed, proxy);
    }

    private DataToData settings(DataToData.Form form) {
        return new DataToData(1, given.parameter("temperature"), given.parameter("m_p"), 3, form);
    }

    private void classLoss(Tensor loss, Tensor embed, Tensor proxy) {
        List<Tensor> gradients = Ops.grads(loss, List.of(embed, proxy), false);
        results.put("loss", loss);
        results.put("grad_embed", gradients.get(0));
        results.put("grad_proxy", gradients.get(1));
    }

    // ---- averages and augmentation

    private void average() {
        Module source = module("source_start", "buffer_start");
        Module average = module("source_start", "buffer_start");
        Tensor step = given.input("source_increment_per_step").to(ScalarType.Float);
        Tensor bufferStep = given.input("buffer_increment_per_step").to(ScalarType.Float);
        for (int i = 0; i < 4; i++) {
            Scope.withoutGrad(() -> {
                source.parameters().values().forEach(p -> p.add_(step));
                source.buffers().values().forEach(b -> b.add_(bufferStep));
            });
            Average.update(average, source, i < given.parameter("g_ema_start") ? 0 : given.parameter("g_ema_decay"));
            results.put("per_step." + i + ".step", Ops.tensor(new double[] {i}, 1));
            average.parameters().values().forEach(put("per_step." + i + ".param"));
            average.buffers().values().forEach(put("per_step." + i + ".buffer"));
        }
    }

    private Consumer<Tensor> put(String entry) {
        return t -> results.put(entry, Ops.cloneOf(t));
    }

    private Module module(String parameter, String buffer) {
        Module module = new Module();
        module.parameter("p", given.input(parameter).to(ScalarType.Float));
        module.buffer("b", given.input(buffer).to(ScalarType.Float));
        return module;
    }

    private void diffAugment() {
        Tensor x = DiffAugment.brightness(given.input("images"), column("u_brightness"));
        results.put("after_brightness", x);
        x = DiffAugment.saturation(x, column("u_saturation"));
        results.put("after_saturation", x);
        x = DiffAugment.contrast(x, column("u_contrast"));
        results.put("after_contrast", x);
        long shift = (long) given.parameter("max_shift");
        x = DiffAugment.translated(x, given.whole("shift_rows"), given.whole("shift_cols"), shift);
        results.put("after_translation", x);
        // The last stage by the whole chain, which draws in its own order.
        DiffAugment all = new DiffAugment(List.of(DiffAugment.Kind.values()));
        results.put("after_cutout", all.apply(given.input("images"), chain(shift)));
    }

    private Tensor column(String key) {
        return given.input(key).view(-1, 1, 1, 1);
    }

    private Draws chain(long shift) {
        Tensor colours = Ops.cat(0, column("u_brightness"), column("u_saturation"), column("u_contrast"));
        List<Tensor> whole = List.of(
                Ops.add(given.whole("shift_rows"), shift),
                Ops.add(given.whole("shift_cols"), shift),
                given.whole("cut_offset_rows"),
                given.whole("cut_offset_cols"));
        return new Draws() {
            private int next;

            @Override
            public Tensor normal(long... shape) {
                throw new AssertionError("nothing normal is drawn here");
            }

            @Override
            public Tensor uniform(long... shape) {
                return colours.view(shape);
            }

            @Override
            public Tensor ints(long high, long... shape) {
                return whole.get(next++).view(shape);
            }
        };
    }
}
