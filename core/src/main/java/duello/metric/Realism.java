package duello.metric;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quality of an adapted generator (Zhao, Ding, Huang and Cheung, <i>A Closer Look at Few-shot Image Generation</i>, CVPR
 * 2022, arXiv 2205.03805, section 4.2): a classifier learns to tell images of the source domain from those of the target
 * domain, and {@code p_t} is the mean probability that it gives "target" over generated images. Near 0 before adaptation,
 * near 1 where the target's looks are reached.
 */
public final class Realism {
    /** Where fewer of the held-out images are told apart, {@code p_t} means little. */
    public static final double LEAST_ACCURACY = 0.95;

    private static final Logger log = LoggerFactory.getLogger(Realism.class);
    private static final int SEED = 0;

    private final SmallClassifier classifier;

    private Realism(SmallClassifier classifier) {
        this.classifier = classifier;
    }

    /**
     * Trains the classifier, or reads it from the cache: as many source images as target images, a tenth of them held out,
     * half of those learned from mirrored at random. A function of the two sets; see {@link Classifiers}.
     *
     * @param source images of the source domain, or of the source generator
     * @param target images of the target domain: all there are, not the few that the generator adapts to, or memorising
     *     those is what would be measured
     * @throws Failure if the sizes of images differ or there are too few, or the cache folder cannot be written
     */
    public static Realism between(
            Dataset source, Dataset target, Path cacheDir, ProgressListener listener, Device device) {
        Domains domains = Domains.of(source, target, SEED);
        return of(Classifiers.forDataset(domains.train(), domains.heldOut(), cacheDir, listener, device));
    }

    /** By a classifier of {@link Domains}. */
    static Realism of(SmallClassifier classifier) {
        if (classifier.accuracy() < LEAST_ACCURACY) {
            log.warn(
                    "{} tells only {} of the held-out images apart; below {} the quality that it gives means little",
                    classifier.name(),
                    classifier.accuracy(),
                    LEAST_ACCURACY);
        }
        return new Realism(classifier);
    }

    /** Share of the held-out images whose domain is told rightly, 0 to 1. */
    public double accuracy() {
        return classifier.accuracy();
    }

    /** What protocols call the classifier, such as {@code faces-against-sketches-classifier}. */
    public String name() {
        return classifier.name();
    }

    /** A short hexadecimal digest of the classifier's weights. */
    public String digest() {
        return classifier.digest();
    }

    /**
     * {@code p_t} of generated images, quantised to 8 bits.
     *
     * @throws Failure if images are not finite
     */
    public double of(Fakes fakes) {
        try (Scope scope = Scope.open()) {
            return of(StoredImages.of(fakes, scope, ProgressListener.NONE));
        }
    }

    /** {@code p_t} of images. */
    double of(StoredImages images) {
        double[] sum = {0};
        images.forEachBatch(DatasetImages.range(0, images.count()), classifier.device(), (shown, from) -> {
            Tensor logits = Objects.requireNonNull(classifier.extract(shown).logits());
            sum[0] += shown.size(0) * probability(logits);
        });
        return sum[0] / images.count();
    }

    /** The mean probability of the target, of logits {@code [B, 2]}. */
    static double probability(Tensor logits) {
        return torch.softmax(Blocks.doubles(logits), 1)
                .select(1, Domains.TARGET)
                .mean()
                .item_double();
    }
}
