package duello.metric;

import duello.catalog.Failure;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What the Fréchet distance needs of one set of images: a mean and a root of the covariance.
 *
 * @param count how many images
 * @param mean {@code [d]} float64, kept
 * @param root a matrix R, {@code [r, d]} float64, kept, with {@code R'R} the unbiased covariance
 */
public record Gaussian(long count, Tensor mean, Tensor root) {
    /** 2 to the power -52, the spacing of float64 at 1. */
    private static final double ULP = Math.ulp(1.0);

    /**
     * Of feature rows {@code [n, d]}: with fewer images than features the root is the centred matrix over
     * {@code sqrt(n - 1)}, which is exact where a covariance of size d x d would be rank-deficient.
     *
     * @throws Failure if n is below 2 or a feature is not finite
     */
    public static Gaussian ofRows(Tensor rows) {
        Blocks.check("fid", "given", rows, 2);
        long n = rows.size(0);
        if (n > rows.size(1)) {
            Moments moments = new Moments(rows.size(1));
            moments.add(rows);
            return ofMoments(moments);
        }
        Tensor mean = Scope.kept(() -> Ops.mean(Blocks.doubles(rows), false, 0));
        Tensor root = Scope.kept(() -> Blocks.doubles(rows).sub(mean).div(Ops.scalar(Math.sqrt(n - 1.0))));
        return new Gaussian(n, mean, root);
    }

    /** Of moments that were accumulated; right when there are more images than features. */
    public static Gaussian ofMoments(Moments moments) {
        try (Scope scope = Scope.open()) {
            return ofCovariance(moments.count(), moments.mean(), scope.attach(moments.covariance()));
        }
    }

    /**
     * Of a mean {@code [d]} and an unbiased covariance {@code [d, d]}, such as a file of moments holds. Eigenvalues below
     * {@code d 2^-52} of the largest are rounding and become 0.
     */
    public static Gaussian ofCovariance(long count, Tensor mean, Tensor covariance) {
        if (count < 2) {
            throw new Failure("fid needs at least 2 images on each side, but there are " + count);
        }
        return new Gaussian(count, Scope.kept(() -> Blocks.doubles(mean).clone()), Scope.kept(() -> {
            var eigen = torch.linalg_eigh(Blocks.doubles(covariance));
            Tensor values = eigen.get0();
            double floor = covariance.size(0) * ULP * Math.max(0, values.max().item_double());
            Tensor kept = values.mul(values.gt(Ops.scalar(floor)));
            return eigen.get1().mul(kept.sqrt()).t().contiguous();
        }));
    }

    /** The trace of the covariance. */
    double trace() {
        try (Scope scope = Scope.open()) {
            return root.square().sum().item_double();
        }
    }
}
