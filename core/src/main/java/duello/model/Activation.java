package duello.model;

import duello.torch.Ops;
import duello.torch.Script;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The activations of the residual families, with the reference's constants. */
public enum Activation {
    RELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.relu(x);
        }

        @Override
        String expression() {
            return "torch.relu(%s)";
        }
    },
    /** Slope 0.1 below 0. */
    LEAKY_RELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.leaky_relu(x, Ops.scalar(0.1));
        }

        @Override
        String expression() {
            return "torch.leaky_relu(%s, 0.1)";
        }
    },
    /** Alpha 1. */
    ELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.elu(x);
        }

        @Override
        String expression() {
            return "torch.elu(%s)";
        }
    },
    /** The exact form, by the error function. */
    GELU {
        @Override
        public Tensor apply(Tensor x) {
            return torch.gelu(x);
        }

        @Override
        String expression() {
            return "torch.gelu(%s)";
        }
    };

    public abstract Tensor apply(Tensor x);

    /** {@link #apply} as the format of a script's expression. */
    abstract String expression();

    /** {@link #apply} in a script. */
    public String script(Script s, String x) {
        return s.let(expression(), x);
    }

    /**
     * Whether the reference computes it in place, so that a residual block of its discriminators adds the activated
     * input to its result instead of the input, unless batch normalisation stands in between. Published weights were
     * trained so.
     */
    public boolean inPlace() {
        return this != GELU;
    }
}
