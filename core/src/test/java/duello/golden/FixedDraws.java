package duello.golden;

import duello.model.Codes;
import duello.torch.Draws;
import duello.torch.Ops;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Draws that are given: a latent, the codes at its end and its labels. Anything else asked for is a fault of the test. */
record FixedDraws(Tensor latent, @Nullable Codes codes, Tensor labels) implements Draws {
    @Override
    public Tensor normal(long... shape) {
        int behind = codes == null ? 0 : codes.width();
        return ofShape(Ops.slice(latent, 1, 0, latent.size(1) - behind), shape);
    }

    @Override
    public Tensor uniform(long... shape) {
        Tensor continuous = Objects.requireNonNull(codes).continuousOf(latent);
        return ofShape(Ops.mul(Ops.add(continuous, 1), 0.5), shape);
    }

    @Override
    public Tensor ints(long high, long... shape) {
        return ofShape(
                shape.length == 1 ? labels : Objects.requireNonNull(codes).categoriesOf(latent), shape);
    }

    private static Tensor ofShape(Tensor t, long... shape) {
        if (!Arrays.equals(Ops.shape(t), shape)) {
            throw new AssertionError(
                    "asked for " + Arrays.toString(shape) + " instead of " + Arrays.toString(Ops.shape(t)));
        }
        return t;
    }
}
