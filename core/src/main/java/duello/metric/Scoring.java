package duello.metric;

import duello.metric.KernelDistance.Subsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** Turns the features of both sides into scores, each with its protocol. */
final class Scoring {
    private final EvaluationSettings settings;
    private final Protocol.Features features;
    private final String statistics;
    private final Reference reference;
    private final FeatureRows fakes;
    private final List<Score> scores = new ArrayList<>();

    Scoring(
            EvaluationSettings settings,
            Protocol.Features features,
            String statistics,
            Reference reference,
            FeatureRows fakes) {
        this.settings = settings;
        this.features = features;
        this.statistics = statistics;
        this.reference = reference;
        this.fakes = fakes;
    }

    /**
     * The wanted scores that can be taken, in the order of {@link ScoreKind}.
     *
     * @param classes how many classes both the labels and the logits stand for; 0 if they do not agree
     */
    List<Score> all(int classes) {
        Set<ScoreKind> wanted = settings.scores();
        if (wanted.contains(ScoreKind.FID)) {
            double fid = Frechet.distance(reference.gaussian(), Gaussian.ofRows(fakes.features()));
            add(ScoreKind.FID, fid, reference.count(), Map.of("covariance", "unbiased"));
        }
        Tensor logits = fakes.logits();
        if (logits != null) {
            ofLogits(logits, classes);
        }
        neighbours();
        if (wanted.contains(ScoreKind.KID)) {
            kernel();
        }
        if (wanted.contains(ScoreKind.INTRA_FID) && classes > 1 && fakes.labelled()) {
            IntraClassFrechet distances = IntraClassFrechet.of(
                    reference.rows(), reference.labels(), fakes.features(), fakes.labels(), classes);
            add(ScoreKind.INTRA_FID, distances.mean(), reference.rows().size(0), Map.of("covariance", "unbiased"));
        }
        scores.sort((a, b) -> order(a) - order(b));
        return scores;
    }

    private static int order(Score score) {
        return ScoreKind.named(score.name()).map(Enum::ordinal).orElse(Integer.MAX_VALUE);
    }

    private void ofLogits(Tensor logits, int classes) {
        if (settings.scores().contains(ScoreKind.IS)) {
            double value = InceptionScore.of(logits, settings.splits()).mean();
            add(ScoreKind.IS, value, 0, Map.of("splits", "" + settings.splits(), "shuffled", "no", "bias", "yes"));
        }
        if (settings.scores().contains(ScoreKind.ACCURACY) && classes > 1 && fakes.labelled()) {
            add(ScoreKind.ACCURACY, ClassAccuracy.of(logits, fakes.labels()), 0, Map.of());
        }
    }

    private void neighbours() {
        Set<ScoreKind> wanted = settings.scores();
        boolean any = List.of(ScoreKind.PRECISION, ScoreKind.RECALL, ScoreKind.DENSITY, ScoreKind.COVERAGE).stream()
                .anyMatch(wanted::contains);
        if (any) {
            Prdc prdc = Prdc.of(reference.rows(), fakes.features(), settings.k(), settings.surface());
            addNeighbour(ScoreKind.PRECISION, prdc.precision());
            addNeighbour(ScoreKind.RECALL, prdc.recall());
            addNeighbour(ScoreKind.DENSITY, prdc.density());
            addNeighbour(ScoreKind.COVERAGE, prdc.coverage());
        }
    }

    private void addNeighbour(ScoreKind kind, double value) {
        if (settings.scores().contains(kind)) {
            String surface = settings.surface() == Prdc.Surface.OUTSIDE ? "<" : "<=";
            add(kind, value, reference.rows().size(0), Map.of("k", "" + settings.k(), "inside", surface));
        }
    }

    private void kernel() {
        long smaller = Math.min(reference.rows().size(0), fakes.size());
        Subsets asked = settings.kernel();
        Subsets subsets = new Subsets(asked.count(), (int) Math.min(asked.size(), smaller), asked.seed());
        double value = KernelDistance.overSubsets(reference.rows(), fakes.features(), subsets)
                .mean();
        add(
                ScoreKind.KID,
                value,
                reference.rows().size(0),
                Map.of("subsets", subsets.count() + " of " + subsets.size(), "seed", "" + subsets.seed()));
    }

    private void add(ScoreKind kind, double value, long real, Map<String, String> own) {
        Protocol protocol = new Protocol(features, reference.name(), real, fakes.size(), statistics, own);
        scores.add(new Score(kind.title(), value, protocol));
    }
}
