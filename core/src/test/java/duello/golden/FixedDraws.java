package duello.golden;

import duello.torch.Draws;
import duello.torch.Ops;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Draws that are given: a latent and its labels. Anything else that is asked for is a fault of the test. */
record FixedDraws(Tensor latent, Tensor labels) implements Draws {
    @Override
    public Tensor normal(long... shape) {
        return ofShape(latent, shape);
    }

    @Override
    public Tensor uniform(long... shape) {
        throw new AssertionError("nothing uniform is drawn here");
    }

    @Override
    public Tensor ints(long high, long... shape) {
        return ofShape(labels, shape);
    }

    private static Tensor ofShape(Tensor t, long... shape) {
        if (!Arrays.equals(Ops.shape(t), shape)) {
            throw new AssertionError(
                    "asked for " + Arrays.toString(shape) + " instead of " + Arrays.toString(Ops.shape(t)));
        }
        return t;
    }
}
