package duello.metric;

import duello.catalog.Failure;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The kernel distance KID (Binkowski et al., <i>Demystifying MMD GANs</i>, ICLR 2018): the squared maximum mean
 * discrepancy under the kernel {@code (x'y / d + 1)^3}. The unbiased estimate may fall below 0 and is not clamped.
 *
 * @param mean mean over the subsets
 * @param deviation deviation over the subsets, divisor their number
 */
public record KernelDistance(double mean, double deviation) {
    /** Which estimate of the squared discrepancy. */
    public enum Estimate {
        /** {@code sum over i != j} within each set, all pairs across. */
        UNBIASED,
        /** All pairs everywhere. */
        BIASED,
        /** {@code sum over i != j} everywhere; needs sets of one size. */
        U_STATISTIC
    }

    /** How many subsets of how many rows, drawn from NumPy's legacy stream of a seed. */
    public record Subsets(int count, int size, int seed) {
        /** What torch-fidelity, clean-fid and NVIDIA use: 100 of 1000; the seed is torch-fidelity's. */
        public static final Subsets STANDARD = new Subsets(100, 1000, 2020);
    }

    /** The estimate over all rows of {@code [n, d]} and {@code [m, d]}. */
    public static double of(Tensor real, Tensor fake, Estimate estimate) {
        Blocks.check("kid", real, fake, 2);
        double n = real.size(0);
        double m = fake.size(0);
        Sums xx = sums(real, real);
        Sums yy = sums(fake, fake);
        Sums xy = sums(real, fake);
        return switch (estimate) {
            case UNBIASED -> xx.offDiagonal() / (n * (n - 1)) + yy.offDiagonal() / (m * (m - 1)) - 2 * xy.all / (n * m);
            case BIASED -> xx.all / (n * n) + yy.all / (m * m) - 2 * xy.all / (n * m);
            case U_STATISTIC -> {
                if (real.size(0) != fake.size(0)) {
                    throw new IllegalArgumentException("the u-statistic needs sets of one size");
                }
                yield (xx.offDiagonal() + yy.offDiagonal() - 2 * xy.offDiagonal()) / (n * (n - 1));
            }
        };
    }

    /**
     * Mean and deviation of the unbiased estimate over random subsets: one stream draws a subset of the first set, then
     * of the second, and so on.
     *
     * @throws Failure if a set is smaller than a subset
     */
    public static KernelDistance overSubsets(Tensor real, Tensor fake, Subsets subsets) {
        Blocks.check("kid", real, fake, Math.max(2, subsets.size));
        LegacyRandom random = new LegacyRandom(subsets.seed);
        double[] values = new double[subsets.count];
        for (int s = 0; s < values.length; s++) {
            int[] x = random.choice(Math.toIntExact(real.size(0)), subsets.size);
            int[] y = random.choice(Math.toIntExact(fake.size(0)), subsets.size);
            try (Scope scope = Scope.open()) {
                values[s] = of(rows(real, x), rows(fake, y), Estimate.UNBIASED);
            }
        }
        return summary(values);
    }

    private static Tensor rows(Tensor matrix, int[] places) {
        long[] wide = new long[places.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = places[i];
        }
        return matrix.index_select(0, Ops.tensor(wide, wide.length));
    }

    private record Sums(double all, double diagonal) {
        double offDiagonal() {
            return all - diagonal;
        }
    }

    /** Sums of the kernel over all pairs, and over the pairs of equal number. */
    private static Sums sums(Tensor x, Tensor y) {
        try (Scope scope = Scope.open()) {
            Tensor all = Blocks.zeros(1);
            Tensor diagonal = Blocks.zeros(1);
            Blocks.forEach(
                    x,
                    Blocks.ROWS,
                    (a, top, bottom) -> Blocks.forEach(y, Blocks.COLUMNS, (b, left, right) -> {
                        Tensor kernel = cubic(torch.mm(a, b.t()), x.size(1));
                        all.add_(kernel.sum());
                        if (left < bottom && top < right) {
                            diagonal.add_(kernel.diagonal(top - left, 0, 1).sum());
                        }
                    }));
            return new Sums(all.item_double(), diagonal.item_double());
        }
    }

    private static Tensor cubic(Tensor products, long width) {
        return Ops.add(products.div(Ops.scalar(width)), 1).pow(Ops.scalar(3));
    }

    private static KernelDistance summary(double[] values) {
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return new KernelDistance(mean, Math.sqrt(squares / values.length));
    }
}
