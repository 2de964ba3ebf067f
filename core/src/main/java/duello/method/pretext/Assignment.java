package duello.method.pretext;

import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * A transformation, and to which images of a batch it is done.
 *
 * @param share how many transformed images there are for an image of the batch
 */
public record Assignment(Transformation transformation, Layout layout, double share) {
    /**
     * Transformed images.
     *
     * @param images {@code [R, C, S, S]}
     * @param classes what was done to each, int64 {@code [R]}
     * @param labels the classes of what they show, int64 {@code [R]}
     */
    public record Transformed(Tensor images, Tensor classes, Tensor labels) {}

    /**
     * Transforms some of a batch.
     *
     * @param images {@code [B, C, S, S]}
     * @param labels int64 {@code [B]}
     */
    public Transformed of(Tensor images, Tensor labels, Draws draws) {
        long batch = images.size(0);
        Layout.Plan plan = layout.plan(batch, share, transformation.classes(), draws, images.device());
        Tensor taken = last(images, plan).repeat(plan.copies(), 1, 1, 1);
        Tensor theirs = last(labels, plan).repeat(plan.copies());
        return new Transformed(transformation.apply(taken, plan.classes()), plan.classes(), theirs);
    }

    private static Tensor last(Tensor rows, Layout.Plan plan) {
        return Ops.rows(rows, rows.size(0) - plan.sources(), rows.size(0));
    }
}
