package duello.train;

import duello.torch.Optimizer;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A catalogue entry: how one player's parameters are moved. */
public interface OptimizerSettings {
    /** An optimiser over {@code parameters}, by name. */
    Optimizer over(Map<String, Tensor> parameters);

    /** The settings by the names that PyTorch's optimisers save them under; of a pair, the list of both. */
    default Map<String, List<Double>> saved() {
        return Map.of();
    }
}
