package duello.method.augment;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Augment;
import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A left-right flip of every second image, then a shift by up to an eighth of the side with the border mirrored: the
 * transform that consistency regularisation compares images under. Drawn per sample.
 */
@Doc("CR's own transform: flip left-right, shift by up to an eighth with mirrored borders")
@Paper("Zhang et al., Consistency Regularization for Generative Adversarial Networks, ICLR 2020, arXiv 1910.12027")
public record FlipShift() implements Augment {
    private static final long PART = 8;

    @Override
    public Tensor apply(Tensor x, Draws draws) {
        Tensor flipped = flipped(x, draws.uniform(x.size(0)));
        return shifted(flipped, shift(x.size(2), x.size(0), draws), shift(x.size(3), x.size(0), draws));
    }

    private static Tensor shift(long side, long batch, Draws draws) {
        long most = side / PART;
        return Ops.add(draws.ints(2 * most + 1, batch), -most);
    }

    /** Mirrors the columns of samples whose {@code u}, {@code [B]} in [0, 1), is below a half. */
    public static Tensor flipped(Tensor x, Tensor u) {
        return x.flip(3).where(u.lt(new Scalar(0.5)).view(-1, 1, 1, 1), x);
    }

    /** {@code out[i, j] = x[i + rows, j + columns]}, mirrored at the borders; both int64 {@code [B]}. */
    public static Tensor shifted(Tensor x, Tensor rows, Tensor columns) {
        long h = x.size(2);
        long w = x.size(3);
        Tensor fromRow = from(rows, h).view(-1, 1, h, 1).expand(-1, x.size(1), -1, w);
        Tensor fromColumn = from(columns, w).view(-1, 1, 1, w).expand(-1, x.size(1), h, -1);
        return x.gather(2, fromRow).gather(3, fromColumn);
    }

    private static Tensor from(Tensor shift, long side) {
        return Reflect.into(Ops.range(side, shift.device()).unsqueeze(0).add(shift.unsqueeze(1)), side);
    }
}
