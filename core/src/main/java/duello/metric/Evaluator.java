package duello.metric;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.List;

/**
 * Judges generated images against real ones: one pass of the feature network over the generated images, all scores from
 * its features, and the features of the real images from a cache folder.
 */
public final class Evaluator {
    private final FeatureNetwork network;
    private final EvaluationSettings settings;
    private final Path cacheDir;
    private final ProgressListener listener;

    /**
     * @param cacheDir where features of real images are kept; made when missing
     * @param listener hears of the passes, in images
     */
    public Evaluator(FeatureNetwork network, EvaluationSettings settings, Path cacheDir, ProgressListener listener) {
        this.network = network;
        this.settings = settings;
        this.cacheDir = cacheDir;
        this.listener = listener;
    }

    /**
     * The scores of generated images. Class accuracy and the intra-class distance are left out where there are no labels
     * or the network's classes are not the dataset's; the Inception Score where the network does not classify.
     *
     * @param reference the real images of one split
     * @return the scores in the order of {@link ScoreKind}
     * @throws Failure if there are too few images for a score, or images are broken
     */
    public List<Score> evaluate(Fakes fakes, Dataset reference) {
        checkCounts(fakes.count(), reference.size());
        Reference real = new ReferenceFeatures(network, cacheDir, settings.batch(), listener).of(reference);
        FeatureRows rows = extract(fakes);
        boolean agree = reference.classes().equals(network.classes());
        int classes = agree ? reference.classes().size() : 0;
        return new Scoring(settings, Protocol.Features.of(network), fakes.statistics(), real, rows).all(classes);
    }

    /** The scores of one dataset's images, such as a folder of generated ones, against another's. */
    public List<Score> evaluate(Dataset fakes, Dataset reference) {
        return evaluate(Fakes.of(fakes, reference), reference);
    }

    private FeatureRows extract(Fakes fakes) {
        FeatureRows rows = new FeatureRows(fakes.count(), network.width());
        Scope.withoutGrad(() -> {
            while (!rows.full()) {
                try (Scope scope = Scope.open()) {
                    Fakes.Batch batch = fakes.batches().get();
                    if (batch.images().size(0) == 0) {
                        throw new IllegalStateException("the source of generated images gave an empty batch");
                    }
                    rows.add(network.extract(batch.images()), batch.labels());
                }
                listener.progress("features of generated images", rows.size(), fakes.count());
            }
        });
        return rows;
    }

    /** Said before the work rather than after it. */
    private void checkCounts(int fake, int real) {
        int least = 2;
        for (ScoreKind kind : settings.scores()) {
            least = Math.max(
                    least,
                    switch (kind) {
                        case PRECISION, RECALL, DENSITY, COVERAGE -> settings.k() + 1;
                        default -> 2;
                    });
        }
        if (fake < least || real < least) {
            throw new Failure("these scores need at least " + least + " images on each side, but there are " + real
                    + " reference and " + fake + " generated ones; give more images");
        }
        if (settings.scores().contains(ScoreKind.IS) && fake < settings.splits()) {
            throw new Failure("an inception score of " + settings.splits() + " splits needs as many generated images, "
                    + "but there are " + fake + "; give more images or fewer splits");
        }
    }
}
