package duello.train;

import duello.torch.Ops;
import duello.torch.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The last value of everything that is watched, kept on the device so that watching does not wait for it; reading does.
 */
final class Gauges {
    private final Map<String, Tensor> values = new LinkedHashMap<>();

    /** Remembers a scalar. */
    void set(String name, Tensor value) {
        Scope.withoutGrad(() -> {
            Tensor kept = values.get(name);
            if (kept == null) {
                values.put(name, Scope.keep(Ops.cloneOf(value.detach())));
            } else {
                kept.copy_(value.detach());
            }
        });
    }

    /** Every value, in the order of first appearance. */
    Map<String, Double> read() {
        Map<String, Double> out = new LinkedHashMap<>();
        values.forEach((name, t) -> out.put(name, t.item_double()));
        return out;
    }

    /** The first that is not a finite number. */
    Optional<String> firstNotFinite() {
        return values.entrySet().stream()
                .filter(e -> !Double.isFinite(e.getValue().item_double()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
