package duello.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What a generator starts from.
 *
 * @param z drawn from the prior, {@code [B, d]}
 * @param labels int64 {@code [B]}
 * @param extra what methods that moved the latent want to know of it later, by names of their own
 */
public record Latent(Tensor z, Tensor labels, Map<String, Tensor> extra) {
    public Latent {
        extra = Map.copyOf(extra);
    }

    /** A latent as it was drawn. */
    public Latent(Tensor z, Tensor labels) {
        this(z, labels, Map.of());
    }

    /** The same labels with another z. */
    public Latent moved(Tensor other) {
        return new Latent(other, labels, extra);
    }

    /** The same with something to remember. */
    public Latent with(String name, Tensor value) {
        Map<String, Tensor> more = new LinkedHashMap<>(extra);
        more.put(name, value);
        return new Latent(z, labels, more);
    }
}
