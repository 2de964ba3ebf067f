package duello.golden;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The two short runs of training. */
final class ToyTraining {
    private ToyTraining() {}

    static Map<String, Tensor> run(ObjectiveCase given) {
        return Map.of();
    }
}
