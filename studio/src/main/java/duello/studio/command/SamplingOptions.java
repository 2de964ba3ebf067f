package duello.studio.command;

import duello.catalog.Entry;
import duello.catalog.Failure;
import duello.method.Method;
import duello.recipe.Experiment;
import duello.train.SamplingSettings.Statistics;
import duello.train.SavedSampler;
import duello.train.Setup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options by which a command that draws pictures is told how. What is not given is as the recipe's {@code sampling}
 * says. They become settings laid over the recipe, so what they may be is checked in one place.
 */
final class SamplingOptions {
    private static final String LANGEVIN = "langevin";

    @Option(
            names = "--truncation",
            paramLabel = "T",
            description = "Keep gaussian latents within [-T, T]: truer pictures, less varied; none for none.")
    private @Nullable String truncation;

    @Option(
            names = "--statistics",
            paramLabel = "KIND",
            description = "Of batch normalisation: running, batch (a picture then depends on those drawn with it) or"
                    + " standing.")
    private @Nullable String statistics;

    @Option(names = "--standing-passes", paramLabel = "N", description = "Passes of standing statistics.")
    private @Nullable Integer standingPasses;

    @Option(names = "--standing-batch", paramLabel = "N", description = "Largest batch of such a pass.")
    private @Nullable Integer standingBatch;

    @Option(
            names = "--psi",
            paramLabel = "P",
            description = "Of style networks: draw w towards its average until P of the way is left; none for none.")
    private @Nullable String psi;

    @Option(names = "--cutoff", paramLabel = "N", description = "Only that of the first N layers.")
    private @Nullable Integer cutoff;

    @Option(
            names = "--noise",
            paramLabel = "KIND",
            description = "Of style networks: random (each picture its own), stored or none.")
    private @Nullable String noise;

    @Option(
            names = "--langevin",
            paramLabel = "STEPS",
            description = "Move latents this many Langevin steps towards what the discriminator finds real (DDLS).")
    private @Nullable Integer langevin;

    @Option(names = "--langevin-rate", paramLabel = "R", description = "Their step size.")
    private @Nullable Double langevinRate;

    @Option(names = "--langevin-noise", paramLabel = "V", description = "The variance of their noise.")
    private @Nullable Double langevinNoise;

    @Option(names = "--langevin-decay", paramLabel = "F", description = "What size and noise are multiplied by ...")
    private @Nullable Double langevinDecay;

    @Option(names = "--langevin-decay-every", paramLabel = "N", description = "... after every N steps.")
    private @Nullable Integer langevinDecayEvery;

    /** Whether any is given. */
    boolean given() {
        return !settings().isEmpty() || langevin != null || !details().isEmpty();
    }

    /**
     * The recipe's experiment with these options laid over it.
     *
     * @throws Failure if a value is not allowed, or an option says nothing without another
     */
    Experiment over(Path recipe, Workshop workshop) {
        List<String> settings = new ArrayList<>(settings());
        if (langevin != null) {
            Experiment written = workshop.read(recipe.toString(), List.of());
            settings.add("methods[" + place(written, workshop) + "]=" + entry(langevin));
        } else if (!details().isEmpty()) {
            throw new Failure("--langevin-rate, -noise and -decay say nothing without --langevin STEPS");
        }
        Experiment experiment = workshop.read(recipe.toString(), settings);
        boolean standing = standingPasses != null || standingBatch != null;
        if (standing && experiment.sampling().statistics() != Statistics.STANDING) {
            throw new Failure("--standing-passes and --standing-batch say nothing without --statistics standing");
        }
        return experiment;
    }

    /** What opens checkpoints of an experiment. */
    static SavedSampler saved(Experiment e) {
        return new SavedSampler(new Setup.Players(e.model(), e.logit()), e.methods(), e.sampling());
    }

    private List<String> settings() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("truncation", "none".equals(truncation) ? "null" : truncation);
        given.put("psi", "none".equals(psi) ? "null" : psi);
        given.put("cutoff", cutoff);
        given.put("noise", noise);
        given.put("statistics", statistics);
        given.put("standing.passes", standingPasses);
        given.put("standing.batch", standingBatch);
        return present(given).entrySet().stream()
                .map(e -> "sampling." + e.getKey() + "=" + e.getValue())
                .toList();
    }

    /** Where Langevin sampling stands among the methods, or will. */
    private static int place(Experiment written, Workshop workshop) {
        Class<?> type = workshop.shelves()
                .holding(Method.class)
                .flatMap(shelf -> shelf.find(LANGEVIN))
                .<Class<?>>map(Entry::type)
                .orElseThrow(() -> new Failure("there is no method '" + LANGEVIN + "' in this build"));
        List<Method> methods = written.methods();
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).getClass() == type) {
                return i;
            }
        }
        return methods.size();
    }

    private String entry(int steps) {
        return details().entrySet().stream()
                .map(e -> ", " + e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining("", "{type: " + LANGEVIN + ", steps: " + steps, "}"));
    }

    private Map<String, String> details() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("rate", langevinRate);
        given.put("noise_variance", langevinNoise);
        given.put("decay", langevinDecay);
        given.put("decay_every", langevinDecayEvery);
        return present(given);
    }

    private static Map<String, String> present(Map<String, @Nullable Object> given) {
        Map<String, String> present = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            if (value != null) {
                present.put(key, value.toString());
            }
        });
        return present;
    }
}
