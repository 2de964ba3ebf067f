package duello.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * An optimiser whose learning rate falls in steps: its n-th step, counted from 0, is one of {@code inner} at {@code factor^(n
 * div every)} of the rate.
 */
public final class StepDecay implements Optimizer {
    private static final String STEPS = "decayed.steps";

    private final Optimizer inner;
    private final double factor;
    private final long every;
    private long steps;

    /**
     * Around {@code inner}.
     *
     * @param factor above 0
     * @param every above 0
     */
    public StepDecay(Optimizer inner, double factor, long every) {
        this.inner = inner;
        this.factor = factor;
        this.every = every;
    }

    @Override
    public void step(double share) {
        inner.step(share * Math.pow(factor, steps / every));
        steps++;
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(inner.state());
        state.put(STEPS, Ops.tensor(new long[] {steps}, 1));
        return state;
    }

    @Override
    public String key(String parameter, String what) {
        return inner.key(parameter, what);
    }

    @Override
    public void load(Map<String, Tensor> state) {
        inner.load(state);
        steps = Ops.toLongs(States.required(state, STEPS))[0];
    }
}
