package duello.golden;

import duello.torch.Draws;
import duello.torch.Ops;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Draws that were written down before, each kind in its order. */
final class ScriptedDraws implements Draws {
    private final Queue<double[]> normals = new ArrayDeque<>();
    private final Queue<double[]> uniforms = new ArrayDeque<>();
    private final Queue<double[]> wholes = new ArrayDeque<>();

    ScriptedDraws thenNormal(double... values) {
        normals.add(values);
        return this;
    }

    ScriptedDraws thenUniform(double... values) {
        uniforms.add(values);
        return this;
    }

    ScriptedDraws thenWhole(double... values) {
        wholes.add(values);
        return this;
    }

    void mustBeUsedUp() {
        if (!normals.isEmpty() || !uniforms.isEmpty() || !wholes.isEmpty()) {
            throw new AssertionError("less was drawn than was written down");
        }
    }

    @Override
    public Tensor normal(long... shape) {
        return next(normals, shape).to(ScalarType.Float);
    }

    @Override
    public Tensor uniform(long... shape) {
        return next(uniforms, shape).to(ScalarType.Float);
    }

    @Override
    public Tensor ints(long high, long... shape) {
        return next(wholes, shape).to(ScalarType.Long);
    }

    private static Tensor next(Queue<double[]> from, long... shape) {
        double[] values = from.poll();
        if (values == null || values.length != Arrays.stream(shape).reduce(1, (a, b) -> a * b)) {
            throw new AssertionError("asked for " + Arrays.toString(shape) + ", there is " + Arrays.toString(values));
        }
        return Ops.tensor(values, shape);
    }
}
