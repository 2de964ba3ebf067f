package duello.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Moves parameters along their gradients. A parameter whose gradient is undefined took no part in the loss: it neither
 * moves nor ages.
 */
public interface Optimizer {
    /** One step by the gradients that are there now. */
    default void step() {
        step(1);
    }

    /** One step at {@code share} of the learning rate, above 0. */
    void step(double share);

    /** Everything but the parameters that the next step depends on, by name; fresh tensors where it is not a tensor. */
    Map<String, Tensor> state();

    /** What {@link #state} calls PyTorch's {@code what}, such as {@code exp_avg}, of a parameter. */
    default String key(String parameter, String what) {
        return what + "." + parameter;
    }

    /** Takes over a state of {@link #state}'s form, made by an optimiser of the same kind and parameters. */
    void load(Map<String, Tensor> state);
}
