package duello.method;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Has tensors that it changes in place from step to step. They are saved and loaded without anyone remembering to. */
public interface Stateful extends Method {
    /** The living tensors by name. */
    Map<String, Tensor> state();
}
