package duello.metric;

import duello.catalog.Failure;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Mean and covariance of rows that arrive batch by batch, in float64. The rows are shifted by the mean of the first
 * batch, so that the one pass loses no digits to a mean far from zero.
 *
 * <p>With shift s, S = sum of (x - s) and P = sum of (x - s)(x - s)': mean = s + S/n, covariance = (P - SS'/n) / (n - 1),
 * the unbiased one of PyTorch-StudioGAN, pytorch-fid, clean-fid and torch-fidelity.
 */
public final class Moments {
    private final long width;
    private final Tensor sum;
    private final Tensor products;
    private @Nullable Tensor shift;
    private long count;

    /** For rows of {@code width} features. */
    public Moments(long width) {
        this.width = width;
        this.sum = Scope.kept(() -> Blocks.zeros(width));
        this.products = Scope.kept(() -> Blocks.zeros(width, width));
    }

    /** Takes in rows {@code [B, width]} of any floating type and device. */
    public void add(Tensor rows) {
        if (rows.dim() != 2 || rows.size(1) != width) {
            throw new IllegalArgumentException("rows of " + width + " features are expected");
        }
        Blocks.forEach(rows, Blocks.COLUMNS, (block, from, to) -> {
            Tensor centre = shift;
            if (centre == null) {
                centre = Scope.keep(Ops.mean(block, false, 0));
                shift = centre;
            }
            Tensor shifted = block.sub(centre);
            sum.add_(Ops.sum(shifted, false, 0));
            products.addmm_(shifted.t(), shifted);
            count += to - from;
        });
    }

    /** How many rows were taken in. */
    public long count() {
        return count;
    }

    /** The mean, {@code [width]} float64, kept. */
    public Tensor mean() {
        Tensor centre = shift;
        if (centre == null) {
            throw new Failure("there are no images to take the mean of");
        }
        return Scope.kept(() -> centre.add(sum.div(Ops.scalar(count))));
    }

    /**
     * The unbiased covariance, {@code [width, width]} float64, kept.
     *
     * @throws Failure if there are fewer than 2 rows
     */
    public Tensor covariance() {
        if (count < 2) {
            throw new Failure("a covariance needs at least 2 images, but there are " + count + "; give more images");
        }
        return Scope.kept(
                () -> products.sub(sum.outer(sum).div(Ops.scalar(count))).div(Ops.scalar(count - 1)));
    }
}
