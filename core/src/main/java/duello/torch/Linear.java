package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code [B, in] -> [B, out]}: {@code x W' + b}. */
public final class Linear implements Layer {
    private final Module module;
    private final Kernel kernel;

    /** Of a weight {@code [out, ...]}, whose further axes count as one. */
    Linear(Layers layers, boolean withBias, long... shape) {
        this.module = new Module();
        this.kernel = Kernel.in(module, layers, withBias ? shape[0] : 0, false, shape);
    }

    /** Of a kernel registered in {@code module}. */
    Linear(Module module, Kernel kernel) {
        this.module = module;
        this.kernel = kernel;
    }

    public Tensor apply(Tensor x, Forward f) {
        return torch.linear(x, matrix(kernel.weight().value(f)), kernel.bias());
    }

    private static Tensor matrix(Tensor weight) {
        return weight.dim() == 2 ? weight : weight.flatten(1, -1);
    }

    /** {@link #apply} in a script. */
    public String script(Script s, String x) {
        String weight = kernel.weight().script(s, matrix(kernel.weight().value(Forward.EVALUATION)));
        return s.let("torch.linear(%s, %s, %s)", x, weight, kernel.scriptBias(s));
    }

    @Override
    public Module module() {
        return module;
    }
}
