package duello.torch;

import org.bytedeco.pytorch.Tensor;

/** The weight that a layer computes with: a plain parameter, or a parameter divided by its spectral norm. */
sealed interface Weight permits Weight.Plain, SpectralNorm {
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
}
