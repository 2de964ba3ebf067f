package duello.torch;

import org.bytedeco.pytorch.TensorOptional;

/** What a linear map or convolution computes with: a weight and, perhaps, a bias. */
record Kernel(Weight weight, TensorOptional bias) {
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
        return bias.has_value() ? s.tensor(bias.get()) : "None";
    }

    private static TensorOptional bias(Module module, Layers layers, long biases, long... shape) {
        TensorOptional bias = biases == 0
                ? Ops.none()
                : Ops.maybe(module.parameter("bias", layers.init().bias(biases, shape)));
        bias.retainReference();
        return bias;
    }
}
