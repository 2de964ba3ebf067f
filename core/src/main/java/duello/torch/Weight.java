package duello.torch;

import org.bytedeco.pytorch.Tensor;

/** The weight that a layer computes with: a plain parameter, one times a constant, or one divided by its spectral norm. */
sealed interface Weight permits Weight.Plain, Weight.Scaled, SpectralNorm {
    /** The value to use in one forward pass. */
    Tensor value(Forward f);

    /** The registered tensor, after which a script names what it computes with. */
    Tensor registered();

    /** The value of evaluation as an expression of a script. */
    default String script(Script s) {
        return script(s, value(Forward.EVALUATION));
    }

    /** A tensor that is computed of this weight as an expression of a script. */
    default String script(Script s, Tensor value) {
        return s.tensor(registered(), value);
    }

    /** A plain weight, registered as {@code weight}. */
    record Plain(Tensor weight) implements Weight {
        static Plain in(Module module, Tensor fresh, boolean transposed) {
            return new Plain(module.parameter("weight", fresh, transposed ? 1 : 0));
        }

        @Override
        public Tensor value(Forward f) {
            return weight;
        }

        @Override
        public Tensor registered() {
            return weight;
        }
    }

    /** A weight times a constant, registered as {@code weight} without it (equalised learning rates). */
    record Scaled(Tensor weight, double scale) implements Weight {
        @Override
        public Tensor value(Forward f) {
            return Ops.mul(weight, scale);
        }

        @Override
        public Tensor registered() {
            return weight;
        }
    }
}
