package duello.method;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Has numbers of its own that the log should show beside the losses. */
public interface Measured extends Method {
    /** The last values, scalars by name such as {@code ada.p}; read only when a line is written. */
    Map<String, Tensor> measures();
}
