package duello.method;

import duello.torch.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A player's loss: a weighted sum that remembers its parts, for the log and for whoever asks which part did what. */
public final class Loss {
    /**
     * One summand.
     *
     * @param name what the log calls it
     * @param weight may be negative
     * @param value a scalar, before the weight
     */
    public record Part(String name, double weight, Tensor value) {}

    private final List<Part> parts = new ArrayList<>();

    /** Adds {@code weight * value}; a weight of 0 adds nothing but is remembered. */
    public void add(String part, double weight, Tensor value) {
        parts.add(new Part(part, weight, value));
    }

    /** Adds every part of another loss, its weights multiplied by {@code factor}. */
    public void include(Loss other, double factor) {
        other.parts.forEach(p -> add(p.name, p.weight * factor, p.value));
    }

    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** The sum, a scalar; parts of one name in the order they were added. */
    public Tensor total() {
        Tensor sum = null;
        for (Part p : parts) {
            Tensor weighted = p.weight == 1 ? p.value : Ops.mul(p.value, p.weight);
            sum = sum == null ? weighted : sum.add(weighted);
        }
        if (sum == null) {
            throw new IllegalStateException("no term added anything to this player's loss; "
                    + "the recipe needs an adversarial loss or another term");
        }
        return sum;
    }

    /** The unweighted value of every part by name, summed where a name occurs twice; without gradient. */
    public Map<String, Tensor> values() {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (Part p : parts) {
            values.merge(p.name, p.value.detach(), Tensor::add);
        }
        return values;
    }
}
