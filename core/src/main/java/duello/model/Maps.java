package duello.model;

import duello.torch.Forward;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Remembers every named map of a pass, in the order in which they are computed, as it goes on with. */
public final class Maps implements Forward.Tap {
    private final Map<String, Tensor> maps = new LinkedHashMap<>();
    private final Forward.Tap inner;

    /** What {@code inner} makes of the maps. */
    public Maps(Forward.Tap inner) {
        this.inner = inner;
    }

    @Override
    public Tensor at(String layer, Tensor map) {
        Tensor used = inner.at(layer, map);
        maps.put(layer, used);
        return used;
    }

    /** The maps so far, by the names of their layers. */
    public Map<String, Tensor> seen() {
        return Collections.unmodifiableMap(maps);
    }

    /** @throws IllegalArgumentException if no layer has the name */
    static Tensor named(String layer, Map<String, Tensor> maps) {
        Tensor map = maps.get(layer);
        if (map == null) {
            throw new IllegalArgumentException("there is no layer " + layer + " among " + maps.keySet());
        }
        return map;
    }
}
