package duello.model;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Features of a pass that went to its end. */
record Whole(Tensor pooled, long positions, Tensor map, Map<String, Tensor> maps) implements Features {
    @Override
    public Tensor map(String layer) {
        return Maps.named(layer, maps);
    }
}
