package duello.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: {@code b = momentum b + g} (b = g at a parameter's
 * first step); {@code p = p - rate * (nesterov ? g + momentum b : b)}; g includes {@code weightDecay p}.
 */
public final class Sgd implements Optimizer {
    /** The settings; momentum in [0, 1), 0 for none. */
    public record Settings(double rate, double momentum, boolean nesterov, double weightDecay) {}

    private final Settings settings;
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> momenta = new LinkedHashMap<>();

    public Sgd(Map<String, Tensor> parameters, Settings settings) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.settings = settings;
    }

    @Override
    public void step(double share) {
        Scope.withoutGrad(() -> parameters.forEach((name, p) -> {
            try (Scope scope = Scope.open()) {
                if (p.grad().defined()) {
                    p.add_(direction(name, p), Ops.scalar(-share * settings.rate));
                }
            }
        }));
    }

    private Tensor direction(String name, Tensor p) {
        Tensor g = settings.weightDecay == 0 ? p.grad() : p.grad().add(p, Ops.scalar(settings.weightDecay));
        if (settings.momentum == 0) {
            return g;
        }
        Tensor b = momenta.get(name);
        if (b == null) {
            b = Scope.keep(Ops.cloneOf(g));
            momenta.put(name, b);
        } else {
            b.mul_(Ops.scalar(settings.momentum)).add_(g);
        }
        return settings.nesterov ? g.add(b, Ops.scalar(settings.momentum)) : b;
    }

    @Override
    public Map<String, Tensor> state() {
        return States.prefixed("momentum_buffer", momenta);
    }

    @Override
    public void load(Map<String, Tensor> state) {
        momenta.clear();
        States.under("momentum_buffer", state)
                .forEach((name, t) -> momenta.put(
                        name,
                        Scope.keep(Ops.cloneOf(
                                t.to(States.required(parameters, name).device(), t.scalar_type())))));
    }
}
