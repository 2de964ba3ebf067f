package duello.metric;

import duello.catalog.Failure;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Walks feature matrices in blocks of rows, so that no temporary grows with the square of their length. */
final class Blocks {
    static final long ROWS = 1024;
    static final long COLUMNS = 4096;

    private Blocks() {}

    /** What is done with rows {@code [from, to)}, given in float64 on the processor. */
    @FunctionalInterface
    interface RowAction {
        void accept(Tensor rows, long from, long to);
    }

    /** Every block of {@code size} rows, each in a scope of its own and without gradients. */
    static void forEach(Tensor matrix, long size, RowAction action) {
        Scope.withoutGrad(() -> {
            long n = matrix.size(0);
            for (long from = 0; from < n; from += size) {
                try (Scope scope = Scope.open()) {
                    long to = Math.min(n, from + size);
                    action.accept(doubles(Ops.rows(matrix, from, to)), from, to);
                }
            }
        });
    }

    static Tensor doubles(Tensor t) {
        return t.detach().to(Devices.CPU, ScalarType.Double);
    }

    /** Float64 zeros on the processor. */
    static Tensor zeros(long... shape) {
        return doubles(Ops.zeros(Devices.CPU, shape));
    }

    /**
     * Checks that two feature matrices can be compared.
     *
     * @throws Failure if a set has fewer than {@code least} rows or a value that is not finite
     * @throws IllegalArgumentException if they are not matrices of one width
     */
    static void check(String score, Tensor real, Tensor fake, long least) {
        if (real.dim() != 2 || fake.dim() != 2 || real.size(1) != fake.size(1)) {
            throw new IllegalArgumentException(score + " compares two matrices of one width");
        }
        check(score, "reference", real, least);
        check(score, "generated", fake, least);
    }

    /** As {@link #check(String, Tensor, Tensor, long)} for one set, which the message calls {@code side}. */
    static void check(String score, String side, Tensor rows, long least) {
        if (rows.size(0) < least) {
            throw new Failure(score + " needs at least " + least + " " + side + " images, but there are " + rows.size(0)
                    + "; give more images");
        }
        forEach(rows, COLUMNS, (block, from, to) -> {
            if (!Double.isFinite(block.sum().item_double())) {
                throw new Failure(score + ": the features of the " + side + " images " + from + " to " + (to - 1)
                        + " are not finite; the images or the network's weights are broken");
            }
        });
    }
}
