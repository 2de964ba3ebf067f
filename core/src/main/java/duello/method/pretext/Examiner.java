package duello.method.pretext;

import duello.method.Judged;
import duello.method.Origin;
import duello.method.Step;
import duello.torch.Draws;
import org.bytedeco.pytorch.Tensor;

/**
 * Shows the discriminator transformed images of a step, in a pass of their own.
 *
 * @param method names the draws
 * @param augmented whether they also go through the recipe's augmentation; where real and generated images are told
 *     apart by what is seen here they must, or the discriminator would learn from images that augmentation was to
 *     keep from it
 */
record Examiner(String method, Assignment assignment, boolean augmented) {
    /**
     * What was seen.
     *
     * @param classes what was done to each image, int64 {@code [R]}
     */
    record Seen(Judged judged, Tensor classes) {}

    /** Real images of the step, transformed. */
    Seen real(Step s) {
        return seen(s, s.real(), s.labels(), "real");
    }

    /** The step's generated images, transformed; the gradient passes through to them. */
    Seen generated(Step s) {
        return seen(s, s.fake(), s.latent().labels(), "generated");
    }

    private Seen seen(Step s, Tensor images, Tensor labels, String which) {
        Draws draws = s.draws(method + "." + which);
        Assignment.Transformed t = assignment.of(images, labels, draws);
        Judged judged = augmented
                ? s.judgeAugmented(t.images(), t.labels(), Origin.OTHER, method + ".augment." + which)
                : s.judge(t.images(), t.labels(), Origin.OTHER);
        return new Seen(judged, t.classes());
    }
}
