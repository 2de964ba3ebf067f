package duello.golden;

import duello.method.condition.StyleProjection;
import duello.method.regularize.PathLength;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.train.AdamSettings;
import duello.train.AverageSettings.HalfLife;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;

/** Computes the cases of what goes with style networks. */
final class StyleFormulas {
    private final ObjectiveCase given;
    private final Map<String, Tensor> results = new LinkedHashMap<>();

    private StyleFormulas(ObjectiveCase given) {
        this.given = given;
    }

    static Map<String, Tensor> compute(ObjectiveCase given) {
        StyleFormulas f = new StyleFormulas(given);
        switch (given.name()) {
            case "spd_stylegan_projection" -> f.projection();
            case "path_length" -> f.pathLength();
            case "ema_stylegan_beta" -> f.halfLife();
            case "lazy_adam" -> f.lazyAdam();
            default -> throw new AssertionError(given.name());
        }
        return f.results;
    }

    private void projection() {
        results.put("adv_output", StyleProjection.logit(given.input("linear1_output"), given.input("mapped_label")));
    }

    /** The case's synthesis is {@code s + s^2 / 2} with s linear in all of w. */
    private void pathLength() {
        Tensor weight = given.leaf("synthesis_weight");
        Tensor noise = given.input("standard_normal_noise");
        PathLength settings = new PathLength(
                given.parameter("pl_weight"), (long) given.parameter("g_reg_interval"), given.parameter("pl_decay"), 2);
        Tensor average = Scope.keep(Ops.tensor(new double[1], 1).squeeze());
        for (int call = 0; call < 2; call++) {
            Tensor w = given.leaf("ws");
            Tensor s = w.flatten(1, -1).mm(weight.flatten(1, -1).t());
            Tensor images = s.add(Ops.mul(Ops.square(s), 0.5)).view(-1, 1, 2, 2);
            Tensor penalty = settings.penalty(PathLength.lengths(images, w, noise), average);
            Tensor loss = Ops.mul(penalty, settings.weight());
            String prefix = "calls." + call + ".";
            results.put(prefix + "call", number(call));
            results.put(prefix + "loss", loss);
            results.put(prefix + "pl_mean_after", Ops.cloneOf(average));
            results.put(prefix + "grad_synthesis_weight", Ops.grad(loss, weight, false));
        }
        results.put("backward_scale", number(settings.every()));
    }

    private void halfLife() {
        int i = 0;
        for (JsonNode value : given.node().path("expected").path("values")) {
            String prefix = "values." + i++ + ".";
            JsonNode rampUp = value.path("g_ema_rampup");
            HalfLife settings = new HalfLife(
                    value.path("g_ema_kimg").asDouble(), rampUp.isNumber() ? (Double) rampUp.asDouble() : null);
            long images = value.path("effective_batch").asLong();
            results.put(
                    prefix + "beta", number(settings.decay(value.path("step").asLong(), images)));
            asGiven(prefix, value, "step", "g_ema_kimg", "g_ema_rampup", "effective_batch");
        }
    }

    private void lazyAdam() {
        int i = 0;
        for (JsonNode value : given.node().path("expected").path("values")) {
            String prefix = "values." + i++ + ".";
            for (String player : List.of("g", "d")) {
                AdamSettings settings = new AdamSettings(
                        given.parameter(player + "_lr"),
                        given.parameter("beta1"),
                        given.parameter("beta2"),
                        1e-8,
                        0,
                        value.path(player + "_reg_interval").asLong());
                Map<String, List<Double>> used = settings.saved();
                results.put(prefix + player + "_lr", number(used.get("lr").get(0)));
                results.put(prefix + player + "_beta1", number(used.get("betas").get(0)));
                results.put(prefix + player + "_beta2", number(used.get("betas").get(1)));
                results.put(prefix + "eps", number(used.get("eps").get(0)));
            }
            asGiven(prefix, value, "g_reg_interval", "d_reg_interval");
        }
    }

    /** What the case repeats of its question. */
    private void asGiven(String prefix, JsonNode value, String... keys) {
        for (String key : keys) {
            results.put(prefix + key, number(value.path(key).asDouble(0)));
        }
    }

    private static Tensor number(double value) {
        return Ops.tensor(new double[] {value}, 1);
    }
}
