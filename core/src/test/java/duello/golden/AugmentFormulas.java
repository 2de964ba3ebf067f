package duello.golden;

import duello.dist.Collective;
import duello.io.Json;
import duello.method.Player;
import duello.method.augment.AdaPipeline;
import duello.method.augment.AdaTransform;
import duello.method.augment.AdaptiveProbability;
import duello.method.augment.Apa;
import duello.method.augment.FlipShift;
import duello.torch.Devices;
import duello.torch.Ops;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tools.jackson.databind.JsonNode;

/** Computes the cases of the shelf of augmentations. */
final class AugmentFormulas {
    private AugmentFormulas() {}

    static Map<String, Tensor> compute(ObjectiveCase given) {
        return switch (given.name()) {
            case "cr_augmentation" -> flipShift(given);
            case "apa_mix" -> pseudo(given);
            case "ada_p_controller" -> controller(given);
            default -> adaTransform(given);
        };
    }

    private static Map<String, Tensor> pseudo(ObjectiveCase given) {
        Tensor real = given.input("images_real");
        Tensor p = Ops.tensor(new double[] {given.parameter("p")}, 1);
        Tensor mixed = Apa.mixed(real, given.input("images_fake"), given.input("uniform"), p);
        Tensor replaced = mixed.ne(real).flatten(1, -1).any(1, false);
        return Map.of("output", mixed, "replaced", replaced.to(ScalarType.Double));
    }

    /** Plays the updates of the case; what was counted before a move is looked at just before it. */
    private static Map<String, Tensor> controller(ObjectiveCase given) {
        long interval = (long) given.parameter("interval");
        AdaptiveProbability p = new AdaptiveProbability(
                new AdaptiveProbability.Settings(
                        given.parameter("initial_p"),
                        given.parameter("target"),
                        (long) given.parameter("kimg"),
                        interval),
                Devices.CPU,
                Collective.LOCAL);
        Map<String, Tensor> results = new LinkedHashMap<>();
        double[] sums = Ops.toDoubles(given.input("sum_of_signs_per_d_update"));
        for (int step = 0; step < sums.length; step++) {
            p.count(scores(sums[step], (int) given.parameter("batch_size")));
            String update = "updates." + (step + interval - 1) / interval + ".";
            results.put(update + "step", Ops.tensor(new double[] {step}, 1));
            results.put(update + "heuristic", p.heuristic());
            results.put(
                    update + "count",
                    Ops.cloneOf(Objects.requireNonNull(p.state().get("count"))));
            results.put(update + "adjust", p.adjustment());
            p.afterUpdate(Player.GENERATOR, step);
            p.afterUpdate(Player.DISCRIMINATOR, step);
            results.put(update + "p", Ops.cloneOf(p.value()));
        }
        return results;
    }

    private static Tensor scores(double sumOfSigns, int batch) {
        double[] scores = new double[batch];
        for (int i = 0; i < batch; i++) {
            scores[i] = i < (batch + sumOfSigns) / 2 ? 0.5 + i : -0.1;
        }
        return Ops.tensor(scores, batch);
    }

    private static Map<String, Tensor> flipShift(ObjectiveCase given) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        Tensor flipped = FlipShift.flipped(given.input("images"), given.input("u_flip"));
        results.put("after_flip", flipped);
        results.put(
                "after_translation", FlipShift.shifted(flipped, given.whole("shift_rows"), given.whole("shift_cols")));
        return results;
    }

    private static Map<String, Tensor> adaTransform(ObjectiveCase given) {
        Set<AdaTransform> enabled = EnumSet.noneOf(AdaTransform.class);
        given.node()
                .path("parameters")
                .path("enabled")
                .forEach(e -> enabled.add(AdaTransform.valueOf(e.asString().toUpperCase(Locale.ROOT))));
        ScriptedDraws draws = new ScriptedDraws();
        for (AdaTransform transform : enabled) {
            script(transform, given, enabled.size() > 1, draws);
            if (transform == AdaTransform.ANISO && enabled.contains(AdaTransform.ROTATE)) {
                angle(given, "theta_post", draws);
            }
        }
        if (enabled.equals(EnumSet.of(AdaTransform.ROTATE))) {
            angle(given, "theta_post", draws);
        }
        Tensor images = images(given);
        Tensor out = AdaPipeline.apply(images, enabled, draws, Ops.ones(Devices.CPU));
        draws.mustBeUsedUp();
        return Map.of("output", out);
    }

    /** The draws that give the case's parameters, each followed by a coin that falls so. */
    private static void script(AdaTransform transform, ObjectiveCase given, boolean many, ScriptedDraws draws) {
        String prefix = many ? transform.name().toLowerCase(Locale.ROOT) + "_" : "";
        switch (transform) {
            case XFLIP, ROTATE90, LUMAFLIP ->
                draws.thenWhole(given.parameter(prefix + "i")).thenUniform(0);
            case XINT -> {
                double[] t = both(given, prefix + "t", "_x", "_y", many);
                draws.thenUniform(t[0] / 0.25 + 0.5, t[1] / 0.25 + 0.5).thenUniform(0);
            }
            case XFRAC -> {
                double[] t = both(given, prefix + "t", "_x", "_y", many);
                draws.thenNormal(t[0] / 0.125, t[1] / 0.125).thenUniform(0);
            }
            case SCALE, ANISO ->
                draws.thenNormal(log2(given.parameter(prefix + "s")) / 0.2).thenUniform(0);
            case ROTATE -> angle(given, "theta_pre", draws);
            case BRIGHTNESS ->
                draws.thenNormal(given.parameter(prefix + "b") / 0.2).thenUniform(0);
            case CONTRAST ->
                draws.thenNormal(log2(given.parameter(prefix + "c")) / 0.5).thenUniform(0);
            case HUE -> angle(given, prefix + "theta", draws);
            case SATURATION ->
                draws.thenNormal(log2(given.parameter(prefix + "s"))).thenUniform(0);
            case IMGFILTER -> {
                double n = log2(given.parameter("t_each_band"));
                draws.thenNormal(n, n, n, n).thenUniform(0, 0, 0, 0);
            }
            case CUTOUT ->
                draws.thenUniform(given.parameter("center_x"), given.parameter("center_y"))
                        .thenUniform(0);
            case NOISE -> throw new AssertionError("noise has no case");
        }
    }

    private static void angle(ObjectiveCase given, String name, ScriptedDraws draws) {
        draws.thenUniform(given.parameter(name) / (2 * Math.PI) + 0.5).thenUniform(0);
    }

    private static double[] both(ObjectiveCase given, String name, String x, String y, boolean one) {
        return new double[] {given.parameter(one ? name : name + x), given.parameter(one ? name : name + y)};
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    /** The test images stand once in the file, for all cases. */
    private static Tensor images(ObjectiveCase given) {
        String named = given.inputs().path("images").asString().replace("shared tensor ", "");
        JsonNode shared = Json.read(GoldenObjectivesTest.file()).path("shared").path(named);
        return ObjectiveCase.tensor(shared);
    }
}
