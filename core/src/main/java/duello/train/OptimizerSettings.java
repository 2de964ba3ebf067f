package duello.train;

import duello.torch.Optimizer;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A catalogue entry: how one player's parameters are moved. */
public interface OptimizerSettings {
    /** An optimiser over {@code parameters}, by name. */
    Optimizer over(Map<String, Tensor> parameters);
}
