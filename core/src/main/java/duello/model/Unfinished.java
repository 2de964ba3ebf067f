package duello.model;

import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Features of a pass that goes on when somebody asks for more. */
final class Unfinished implements Features {
    private final Map<String, Tensor> maps;
    private final Supplier<Features> rest;
    private @Nullable Features whole;

    Unfinished(Map<String, Tensor> maps, Supplier<Features> rest) {
        this.maps = maps;
        this.rest = rest;
    }

    private Features whole() {
        Features w = whole;
        if (w == null) {
            w = rest.get();
            whole = w;
        }
        return w;
    }

    @Override
    public Tensor pooled() {
        return whole().pooled();
    }

    @Override
    public long positions() {
        return whole().positions();
    }

    @Override
    public Tensor map() {
        return whole().map();
    }

    @Override
    public Map<String, Tensor> maps() {
        return whole().maps();
    }

    @Override
    public Tensor map(String layer) {
        Tensor seen = maps.get(layer);
        return seen == null ? whole().map(layer) : seen;
    }
}
