package duello.method;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Has tensors of its own that the generator's optimiser moves beside the generator's; they are part of its state. */
public interface Learner extends Stateful {
    /** What the names of learners' tensors begin with among all that the generator's optimiser moves. */
    String PREFIX = "method.";

    /** The living tensors by name, made at build time. */
    Map<String, Tensor> parameters();

    @Override
    default Map<String, Tensor> state() {
        return parameters();
    }
}
