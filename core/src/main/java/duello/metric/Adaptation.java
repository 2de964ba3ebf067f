package duello.metric;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How far a generator has come in adapting to a few images, and what it lost on the way (Zhao et al., <i>A Closer Look at
 * Few-shot Image Generation</i>, CVPR 2022): quality and diversity of the same generated images, to be read together.
 * Readings of one generator should be of the same latents at every step.
 *
 * <p>Images are compared at their own size; published numbers are of 256 pixels, {@code LPIPS[vgg]} and 1000 images.
 */
public final class Adaptation {
    private static final String UNRESIZED = "none";

    private final Dataset shots;
    private final PerceptualDistance distance;
    private final @Nullable Realism realism;
    private final IntraCluster.Choice choice;
    private final @Nullable Target target;
    private final ProgressListener listener;

    /**
     * The two curves, and what belongs to them.
     *
     * @param quality {@code p_t}, 0 to 1; see {@link Realism}; not a number if it was not asked for
     * @param diversity within the clusters around the shots
     * @param diversityName the distance it was taken by, such as {@code LPIPS[vgg]}
     * @param memorisation how near the images are to the shots, by the same distance
     * @param fid to the images of the target domain, with its protocol; null if it was not asked for
     */
    public record Reading(
            double quality,
            IntraCluster diversity,
            String diversityName,
            NearestShots memorisation,
            @Nullable Score fid) {}

    /**
     * What the Fréchet distance is taken by.
     *
     * @param evaluator gives it, among others
     * @param images all of the target domain, not the shots: those would reward copying
     */
    public record Target(Evaluator evaluator, Dataset images) {}

    /**
     * @param shots the few training images
     * @param realism null if the quality is not asked for
     * @param choice which members of large clusters are compared
     * @param target if the Fréchet distance is wanted too
     */
    public Adaptation(
            Dataset shots,
            PerceptualDistance distance,
            @Nullable Realism realism,
            IntraCluster.Choice choice,
            @Nullable Target target,
            ProgressListener listener) {
        this.shots = shots;
        this.distance = distance;
        this.realism = realism;
        this.choice = choice;
        this.target = target;
        this.listener = listener;
    }

    /**
     * Takes a reading of generated images, which are drawn once and quantised to 8 bits.
     *
     * @param fakes square images of the shots' size, 1000 as published; of the averaged generator
     * @throws Failure if there are no more images than shots, their size is another one, or images are not finite
     */
    public Reading read(Fakes fakes) {
        if (fakes.count() <= shots.size()) {
            throw new Failure("the diversity around " + shots.size() + " training images needs more than "
                    + fakes.count() + " generated ones; generate more images");
        }
        try (Scope scope = Scope.open()) {
            StoredImages images = StoredImages.of(fakes, scope, listener);
            if (images.levels().size(2) != shots.resolution() || images.levels().size(3) != shots.resolution()) {
                throw new Failure("the generated images have " + images.levels().size(2) + " x "
                        + images.levels().size(3) + " pixels, but the training images " + shots.name() + " have "
                        + shots.resolution() + " x " + shots.resolution() + "; give training images of the same size");
            }
            PerceptualImages generated = new PerceptualImages(distance, images);
            NearestShots nearest = nearest(generated);
            IntraCluster diversity = IntraCluster.of(nearest, shots.size(), choice, generated);
            double quality = realism == null ? Double.NaN : realism.of(images);
            return new Reading(quality, diversity, distance.name(), nearest, fid(images, fakes));
        }
    }

    /** A reading as scores, each with its protocol: quality, diversity, the mean distance to the nearest shot, FID. */
    public List<Score> scores(Fakes fakes) {
        Reading reading = read(fakes);
        List<Score> scores = new ArrayList<>();
        if (reading.fid != null) {
            scores.add(reading.fid);
        }
        if (realism != null) {
            Protocol.Features by = new Protocol.Features(realism.name(), realism.digest(), UNRESIZED);
            Map<String, String> accuracy =
                    Map.of("held-out accuracy", String.format(Locale.ROOT, "%.3f", realism.accuracy()));
            scores.add(score(ScoreKind.QUALITY, reading.quality, by, fakes, accuracy));
        }
        Protocol.Features by = new Protocol.Features(distance.name(), distance.digest(), UNRESIZED);
        Map<String, String> members = Map.of("members", choice.most() + " at most", "seed", "" + choice.seed());
        scores.add(score(ScoreKind.DIVERSITY, reading.diversity.mean(), by, fakes, members));
        scores.add(score(ScoreKind.NEAREST, reading.memorisation.mean(), by, fakes, Map.of()));
        return scores;
    }

    private Score score(ScoreKind kind, double value, Protocol.Features by, Fakes fakes, Map<String, String> settings) {
        String reference = ReferenceFeatures.nameOf(shots);
        return new Score(
                kind.title(),
                value,
                new Protocol(by, reference, shots.size(), fakes.count(), fakes.statistics(), settings));
    }

    private NearestShots nearest(PerceptualImages generated) {
        try (Scope scope = Scope.open()) {
            PerceptualImages trained = new PerceptualImages(distance, StoredImages.of(shots, scope));
            Tensor vectors = trained.vectors(DatasetImages.range(0, shots.size()), scope);
            return NearestShots.of(generated.to(vectors, scope, listener));
        }
    }

    private @Nullable Score fid(StoredImages images, Fakes fakes) {
        if (target == null) {
            return null;
        }
        List<Score> scores = target.evaluator.evaluate(images.again(fakes.statistics()), target.images);
        return scores.stream()
                .filter(score -> score.name().equals(ScoreKind.FID.title()))
                .findFirst()
                .orElseThrow();
    }
}
