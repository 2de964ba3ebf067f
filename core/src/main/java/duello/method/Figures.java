package duello.method;

import duello.torch.Ops;
import duello.torch.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Scalars that a method measures, by name, kept on their device, so that measuring does not wait for it. */
public final class Figures {
    private final Map<String, Tensor> values = new LinkedHashMap<>();

    /** Keeps a copy of a scalar, in the place of the last one of that name. */
    public void set(String name, Tensor value) {
        Tensor kept = values.get(name);
        if (kept == null) {
            values.put(name, Scope.keep(Ops.cloneOf(value.detach())));
        } else {
            Scope.withoutGrad(() -> kept.copy_(value.detach()));
        }
    }

    /** The living scalars, in the order of first appearance. */
    public Map<String, Tensor> all() {
        return new LinkedHashMap<>(values);
    }
}
