package duello.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma and Ba, <i>Adam: A Method for Stochastic Optimization</i>, ICLR 2015, algorithm 1) with L2 weight decay
 * added to the gradient:
 *
 * <pre>
 *   m = lerp(m, g, 1 - beta1);   v = beta2 v + (1 - beta2) g^2
 *   p = p - lr / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + eps)
 * </pre>
 *
 * t counts a parameter's own steps.
 */
public final class Adam implements Optimizer {
    /**
     * The settings.
     *
     * @param rate learning rate, above 0
     * @param beta1 decay of the mean, in [0, 1)
     * @param beta2 decay of the mean square, in [0, 1)
     * @param eps added to the root; the reference uses 1e-6
     * @param weightDecay factor of the parameter added to its gradient
     */
    public record Settings(double rate, double beta1, double beta2, double eps, double weightDecay) {}

    /** One parameter with its moments. */
    private static final class Slot {
        final String name;
        final Tensor parameter;
        final Tensor mean;
        final Tensor square;
        long steps;

        Slot(String name, Tensor parameter) {
            this.name = name;
            this.parameter = parameter;
            this.mean = Scope.keep(torch.zeros_like(parameter.detach()));
            this.square = Scope.keep(torch.zeros_like(parameter.detach()));
        }
    }

    private final Settings settings;
    private final List<Slot> slots;
    private final Scalar towardsGradient;
    private final Scalar beta2;
    private final Scalar squareShare;
    private final Scalar eps;

    /** Over {@code parameters}, by name. */
    public Adam(Map<String, Tensor> parameters, Settings settings) {
        this.settings = settings;
        this.slots = parameters.entrySet().stream()
                .map(e -> new Slot(e.getKey(), e.getValue()))
                .toList();
        this.towardsGradient = kept(1 - settings.beta1);
        this.beta2 = kept(settings.beta2);
        this.squareShare = kept(1 - settings.beta2);
        this.eps = kept(settings.eps);
    }

    private static Scalar kept(double value) {
        Scalar s = Ops.scalar(value);
        s.retainReference();
        return s;
    }

    @Override
    public void step(double share) {
        Scope.withoutGrad(() -> {
            for (Slot slot : slots) {
                Tensor gradient = slot.parameter.grad();
                if (gradient.defined()) {
                    try (Scope scope = Scope.open()) {
                        update(slot, gradient, share);
                    }
                }
            }
        });
    }

    private void update(Slot slot, Tensor gradient, double share) {
        slot.steps++;
        Tensor g =
                settings.weightDecay == 0 ? gradient : gradient.add(slot.parameter, Ops.scalar(settings.weightDecay));
        slot.mean.lerp_(g, towardsGradient);
        slot.square.mul_(beta2).addcmul_(g, g, squareShare);
        double rootCorrection = Math.sqrt(1 - Math.pow(settings.beta2, slot.steps));
        double rate = share * settings.rate / (1 - Math.pow(settings.beta1, slot.steps));
        Tensor root = slot.square.sqrt().div_(Ops.scalar(rootCorrection)).add_(eps);
        slot.parameter.addcdiv_(slot.mean, root, Ops.scalar(-rate));
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (Slot s : slots) {
            state.put(s.name + ".exp_avg", s.mean);
            state.put(s.name + ".exp_avg_sq", s.square);
            state.put(s.name + ".step", Ops.tensor(new long[] {s.steps}, 1));
        }
        return state;
    }

    @Override
    public String key(String parameter, String what) {
        return parameter + "." + what;
    }

    @Override
    public void load(Map<String, Tensor> state) {
        Scope.withoutGrad(() -> {
            for (Slot s : slots) {
                s.mean.copy_(States.required(state, s.name + ".exp_avg", s.mean));
                s.square.copy_(States.required(state, s.name + ".exp_avg_sq", s.square));
                s.steps = Ops.toLongs(States.required(state, s.name + ".step"))[0];
            }
        });
    }
}
