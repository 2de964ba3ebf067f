package duello.torch;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An exponential moving average of a module's parameters and buffers: {@code average = d average + (1 - d) source};
 * counters are copied. With d = 0 it is a plain copy.
 */
public final class Average {
    private Average() {}

    /** One update, in place; both modules have the same tree. */
    public static void update(Module average, Module source, double decay) {
        update(average.state(), source, decay);
    }

    /** The same of the parameters alone; buffers are copied. */
    public static void updateParameters(Module average, Module source, double decay) {
        update(average.parameters(), source, decay);
        update(average.buffers(), source, 0);
    }

    private static void update(Map<String, Tensor> average, Module source, double decay) {
        Map<String, Tensor> from = source.state();
        try (Scope scope = Scope.open()) {
            Scalar towards = Ops.scalar(1 - decay);
            Scope.withoutGrad(() -> average.forEach((name, t) -> {
                Tensor s = States.required(from, name);
                if (decay == 0 || t.scalar_type().intern() != ScalarType.Float) {
                    t.copy_(s);
                } else {
                    t.lerp_(s, towards);
                }
            }));
        }
    }
}
