package duello.model;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The activations of the residual families, with the reference's constants. */
public enum Activation {
    RELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.relu(x);
        }
    },
    /** Slope 0.1 below 0. */
    LEAKY_RELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.leaky_relu(x, Ops.scalar(0.1));
        }
    },
    /** Alpha 1. */
    ELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.elu(x);
        }
    },
    /** The exact form, by the error function. */
    GELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.gelu(x);
        }
    };

    public abstract Tensor apply(Tensor x);

    /**
     * Whether the reference computes it in place, so that a residual block of its discriminators adds the activated
     * input to its result instead of the input, unless batch normalisation stands in between. Published weights were
     * trained so.
     */
    public boolean inPlace() {
        return this != GELU;
    }
}
