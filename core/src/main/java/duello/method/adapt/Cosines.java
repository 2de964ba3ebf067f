package duello.method.adapt;

import duello.torch.Autocast;
import duello.torch.Ops;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Cosines between maps, each flattened to one vector. In single precision whatever the pass was made in: behind a
 * temperature of 0.07 they are exponents of up to 14.
 */
final class Cosines {
    private static final double EPS = 1e-8;

    private Cosines() {}

    /** Every map of one batch with every map of another: {@code [N, ...], [M, ...] -> [N, M]}. */
    static Tensor matrix(Tensor rows, Tensor columns) {
        return exactly(rows, () -> flat(rows).mm(flat(columns).t()));
    }

    /** Each map with the one of its number: {@code [N, ...], [N, ...] -> [N]}. */
    static Tensor pairs(Tensor one, Tensor other) {
        return exactly(one, () -> Ops.sumPerSample(flat(one).mul(flat(other))));
    }

    /** A square matrix without its diagonal, row by row: {@code [N, N] -> [N, N - 1]}. */
    static Tensor offDiagonal(Tensor square) {
        long n = square.size(0);
        Tensor mask = Ops.identity(n, square.device()).logical_not();
        return square.masked_select(mask).view(n, n - 1);
    }

    /** The diagonal, {@code [N, N] -> [N]}. */
    static Tensor diagonal(Tensor square) {
        return torch.diagonal(square);
    }

    private static Tensor flat(Tensor maps) {
        return Ops.unit(wide(maps).flatten(1, -1), EPS);
    }

    /** At least single precision. */
    static Tensor wide(Tensor t) {
        return t.scalar_type().intern() == ScalarType.Double ? t : t.to(ScalarType.Float);
    }

    /** Whatever {@code body} computes is not rounded to half precision. */
    static Tensor exactly(Tensor of, Supplier<Tensor> body) {
        return Autocast.off(of.device(), body);
    }
}
