package duello.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * RMSprop (Tieleman and Hinton, 2012) as PyTorch defines it: {@code v = alpha v + (1 - alpha) g^2};
 * {@code b = momentum b + g / (sqrt(v) + eps)}; {@code p = p - rate b}; g includes {@code weightDecay p}.
 */
public final class RmsProp implements Optimizer {
    /** The settings; alpha and momentum in [0, 1). */
    public record Settings(double rate, double alpha, double momentum, double eps, double weightDecay) {}

    private final Settings settings;
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> squares = new LinkedHashMap<>();
    private final Map<String, Tensor> momenta = new LinkedHashMap<>();

    public RmsProp(Map<String, Tensor> parameters, Settings settings) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.settings = settings;
        parameters.forEach((name, p) -> {
            squares.put(name, Scope.keep(torch.zeros_like(p.detach())));
            momenta.put(name, Scope.keep(torch.zeros_like(p.detach())));
        });
    }

    @Override
    public void step(double share) {
        Scope.withoutGrad(() -> parameters.forEach((name, p) -> {
            try (Scope scope = Scope.open()) {
                if (p.grad().defined()) {
                    update(name, p, share);
                }
            }
        }));
    }

    private void update(String name, Tensor p, double share) {
        Tensor g = settings.weightDecay == 0 ? p.grad() : p.grad().add(p, Ops.scalar(settings.weightDecay));
        Tensor v = States.required(squares, name);
        Tensor b = States.required(momenta, name);
        v.mul_(Ops.scalar(settings.alpha)).addcmul_(g, g, Ops.scalar(1 - settings.alpha));
        b.mul_(Ops.scalar(settings.momentum)).addcdiv_(g, v.sqrt().add_(Ops.scalar(settings.eps)), Ops.scalar(1));
        p.add_(b, Ops.scalar(-share * settings.rate));
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = States.prefixed("square_avg", squares);
        state.putAll(States.prefixed("momentum_buffer", momenta));
        return state;
    }

    @Override
    public void load(Map<String, Tensor> state) {
        Scope.withoutGrad(() -> {
            squares.forEach((n, t) -> t.copy_(States.required(state, "square_avg." + n, t)));
            momenta.forEach((n, t) -> t.copy_(States.required(state, "momentum_buffer." + n, t)));
        });
    }
}
