package duello.model;

import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** What a discriminator's trunk makes of images. */
public interface Features {
    /** {@code [B, F]}: summed over positions, their mean, or all positions side by side, as the family does. */
    Tensor pooled();

    /** How many positions were summed; divide by it for the mean. */
    long positions();

    /** The last map before pooling, {@code [B, C, h, w]}. */
    Tensor map();

    /** The trunk's named maps on the way there; empty where the way was not remembered. */
    Map<String, Tensor> maps();

    /**
     * The named map of {@link Discriminator#layers}.
     *
     * @throws IllegalArgumentException if there is none, or the way was not remembered
     */
    Tensor map(String layer);

    /** Features whose way is not remembered. */
    static Features of(Tensor pooled, long positions, Tensor map) {
        return new Whole(pooled, positions, map, Map.of());
    }

    /** The same with the maps on the way there. */
    default Features on(Map<String, Tensor> maps) {
        return new Whole(pooled(), positions(), map(), maps);
    }

    /**
     * Features of a pass that waits in the middle.
     *
     * @param maps what it has come by, as it goes on with
     * @param rest goes on to the end; called once at most, by the first who asks for more than {@code maps}, and
     *     therefore only for passes that draw nothing and change nothing
     */
    static Features unfinished(Map<String, Tensor> maps, Supplier<Features> rest) {
        return new Unfinished(maps, rest);
    }
}
