package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/**
 * What a linear map or convolution computes with: a weight and, perhaps, a bias.
 *
 * @param registered the bias as it is in the state dict, or none
 * @param rate what it is multiplied by
 */
record Kernel(Weight weight, TensorOptional registered, double rate) {
    private Kernel(Weight weight, TensorOptional bias) {
        this(weight, bias, 1);
    }

    /** The bias to compute with. */
    TensorOptional bias() {
        return rate == 1 || !registered.has_value() ? registered : Ops.maybe(Ops.mul(registered.get(), rate));
    }

    /**
     * Registers both in {@code module}. In a spectrally normalised state dict the bias stands before
     * {@code weight_orig}, otherwise after {@code weight}.
     *
     * @param biases how many biases, 0 for none
     * @param transposed whether the weight's outputs are axis 1
     */
    static Kernel in(Module module, Layers layers, long biases, boolean transposed, long... shape) {
        if (layers.spectral()) {
            TensorOptional bias = bias(module, layers, biases, shape);
            return new Kernel(layers.weight(module, transposed, shape), bias);
        }
        Weight weight = layers.weight(module, transposed, shape);
        return new Kernel(weight, bias(module, layers, biases, shape));
    }

    /** The bias as an expression of a script. */
    String scriptBias(Script s) {
        return registered.has_value() ? s.tensor(registered.get(), bias().get()) : "None";
    }

    /**
     * Registers a weight and bias whose learning rate is equalised: the weight is normal with deviation 1 / rate and
     * multiplied by {@code rate / sqrt(fan-in)} where it is used, the bias by {@code rate}.
     *
     * @param start what the bias starts at; null for no bias
     */
    static Kernel equalised(Module module, Equalised layers, double rate, @Nullable Double start, long... shape) {
        Tensor weight = module.parameter("weight", layers.normal(1 / rate, shape));
        double fanIn = (double) weight.numel() / shape[0];
        TensorOptional bias =
                start == null ? Ops.none() : Ops.maybe(module.parameter("bias", layers.filled(start, shape[0])));
        bias.retainReference();
        return new Kernel(new Weight.Scaled(weight, rate / Math.sqrt(fanIn)), bias, rate);
    }

    private static TensorOptional bias(Module module, Layers layers, long biases, long... shape) {
        TensorOptional bias = biases == 0
                ? Ops.none()
                : Ops.maybe(module.parameter("bias", layers.init().bias(biases, shape)));
        bias.retainReference();
        return bias;
    }
}
