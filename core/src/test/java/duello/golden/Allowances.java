package duello.golden;

import duello.io.Json;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** How far a result may lie from a fixture's: {@code max|ours - theirs| <= rtol max|theirs| + atol}, by kind of entry. */
final class Allowances {
    private record Allowance(double rtol, double atol) {}

    private final Allowance outputs;
    private final Allowance gradients;
    private final Allowance parameters;

    private Allowances(JsonNode tolerance) {
        outputs = read(tolerance.path("default"));
        gradients = read(tolerance.path("gradients (grad_norm, grad, dx)"));
        parameters = read(tolerance.path("param_after"));
    }

    static Allowances of(Path root) {
        return new Allowances(Json.read(root.resolve("manifest.json")).path("tolerance"));
    }

    private static Allowance read(JsonNode node) {
        double rtol = node.path("rtol").asDouble(Double.NaN);
        double atol = node.path("atol").asDouble(Double.NaN);
        if (!(rtol > 0) || !(atol > 0)) {
            throw new AssertionError("manifest.json has no tolerance where one was looked for");
        }
        return new Allowance(rtol, atol);
    }

    private Allowance of(String entry) {
        if (entry.contains("/param_after/")) {
            return parameters;
        }
        return entry.contains("/grad_norm/") || entry.contains("/grad/") || entry.endsWith("/dx") ? gradients : outputs;
    }

    /** The largest difference as a fraction of what is allowed; not a number if either has one that is not. */
    double used(String entry, double[] ours, double[] theirs) {
        if (ours.length != theirs.length) {
            throw new AssertionError(entry + " has " + ours.length + " numbers instead of " + theirs.length);
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(theirs[i]));
            difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
        }
        Allowance allowance = of(entry);
        return difference / (allowance.rtol * largest + allowance.atol);
    }
}
