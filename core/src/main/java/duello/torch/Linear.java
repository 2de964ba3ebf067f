package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code [B, in] -> [B, out]}: {@code x W' + b}. */
public final class Linear implements Layer {
    private final Module module = new Module();
    private final Kernel kernel;

    Linear(Layers layers, long in, long out, boolean withBias) {
        this.kernel = Kernel.in(module, layers, withBias ? out : 0, false, out, in);
    }

    public Tensor apply(Tensor x, Forward f) {
        return torch.linear(x, kernel.weight().value(f), kernel.bias());
    }

    /** {@link #apply} in a script. */
    public String script(Script s, String x) {
        return s.let("torch.linear(%s, %s, %s)", x, kernel.weight().script(s), kernel.scriptBias(s));
    }

    @Override
    public Module module() {
        return module;
    }
}
