package duello.model;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What a discriminator's trunk makes of images.
 *
 * @param pooled {@code [B, F]}: summed over positions, their mean, or all positions side by side, as the family does
 * @param positions how many positions were summed; divide by it for the mean
 * @param map the last map before pooling, {@code [B, C, h, w]}
 * @param maps the trunk's named maps on the way there, where whoever looks wants them
 */
public record Features(Tensor pooled, long positions, Tensor map, Map<String, Tensor> maps) {
    /** Features whose way is not remembered. */
    public Features(Tensor pooled, long positions, Tensor map) {
        this(pooled, positions, map, Map.of());
    }

    /** The named map of {@link Discriminator#layers}. */
    public Tensor map(String layer) {
        return Maps.named(layer, maps);
    }
}
