package duello.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything that a score depends on besides the generator: two scores may be compared only if their protocols are
 * equal.
 *
 * @param features the network that the score is taken over
 * @param reference name and fingerprint of the real images, split included
 * @param real how many real images
 * @param fake how many generated ones
 * @param statistics how images were drawn: what the generator's batch normalisation used ({@code running}, {@code
 *     batch}, {@code standing}), then truncation and latent steps where there were any; {@code files} for finished images
 * @param settings the score's own choices by name, such as {@code k} or {@code splits}
 */
public record Protocol(
        Features features, String reference, long real, long fake, String statistics, Map<String, String> settings) {
    /** A feature network as protocols name it: {@link FeatureNetwork#name}, digest of its weights, resizer. */
    public record Features(String name, String digest, String resizer) {
        static Features of(FeatureNetwork network) {
            return new Features(network.name(), network.digest(), network.resizer());
        }
    }

    public Protocol {
        settings = Map.copyOf(settings);
    }

    /** What differs, as {@code "k: 5 and 3"}; empty if scores of both can be compared. */
    public List<String> differences(Protocol other) {
        List<String> out = new ArrayList<>();
        Map<String, String> mine = listed();
        Map<String, String> theirs = other.listed();
        Map<String, String> all = new TreeMap<>(mine);
        all.putAll(theirs);
        for (String key : all.keySet()) {
            String here = mine.getOrDefault(key, "not given");
            String there = theirs.getOrDefault(key, "not given");
            if (!Objects.equals(here, there)) {
                out.add(key + ": " + here + " and " + there);
            }
        }
        return out;
    }

    private Map<String, String> listed() {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("features", features.name + "#" + features.digest);
        all.put("resizer", features.resizer);
        all.put("reference", reference);
        all.put("real images", Long.toString(real));
        all.put("generated images", Long.toString(fake));
        all.put("drawn with", statistics);
        return all;
    }
}
