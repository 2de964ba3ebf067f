package duello.metric;

import duello.catalog.Failure;

/**
 * A number and the way it was taken.
 *
 * @param name {@link ScoreKind#title} of what it is
 * @param value the number
 * @param protocol all that it depends on besides the generator
 */
public record Score(String name, double value, Protocol protocol) {
    /** The name of the features that FID is defined by: their scores need no bracket. */
    static final String PROPER = "inception";

    /** {@code fid} over the Inception features, else with the features' name: {@code fid[shapes-classifier]}. */
    public String label() {
        String features = protocol.features().name();
        return features.equals(PROPER) ? name : name + "[" + features + "]";
    }

    /**
     * Whether this score is the better one.
     *
     * @throws Failure if they are of two kinds or two protocols; it says what differs
     */
    public boolean betterThan(Score other) {
        if (!name.equals(other.name)) {
            throw new Failure("'" + name + "' and '" + other.name + "' are two different scores");
        }
        var differences = protocol.differences(other.protocol);
        if (!differences.isEmpty()) {
            throw new Failure(label() + " was taken in two ways, so the values cannot be compared; "
                    + String.join("; ", differences));
        }
        ScoreKind kind =
                ScoreKind.named(name).orElseThrow(() -> new Failure("'" + name + "' is not a score that is known"));
        return kind.lowerIsBetter() ? value < other.value : value > other.value;
    }
}
