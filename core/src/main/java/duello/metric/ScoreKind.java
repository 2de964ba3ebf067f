package duello.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The scores that an {@link Evaluator} takes, and those of an {@link Adaptation}. */
public enum ScoreKind {
    /** Fréchet distance. */
    FID(true),
    /** Inception Score, of the network's own classes. */
    IS(false),
    PRECISION(false),
    RECALL(false),
    DENSITY(false),
    COVERAGE(false),
    /** How often the network gives an image the class it was made for. */
    ACCURACY(false),
    /** Kernel distance over subsets. */
    KID(true),
    /** Mean over the classes of their Fréchet distances. */
    INTRA_FID(true),
    /** How sure a classifier of two domains is that images are of the target's; see {@link Realism}. */
    QUALITY(false),
    /** Within the clusters around a few training images; see {@link IntraCluster}. */
    DIVERSITY(false),
    /** Mean distance to the nearest of a few training images; see {@link NearestShots}. */
    NEAREST(false);

    private final boolean lowerIsBetter;

    ScoreKind(boolean lowerIsBetter) {
        this.lowerIsBetter = lowerIsBetter;
    }

    /** Lower case, as files and tables write it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean lowerIsBetter() {
        return lowerIsBetter;
    }

    /** The kind of a {@link #title}. */
    public static Optional<ScoreKind> named(String title) {
        return Arrays.stream(values()).filter(k -> k.title().equals(title)).findFirst();
    }
}
