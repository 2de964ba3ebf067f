package duello.torch;

import org.bytedeco.pytorch.Tensor;

/** The weight that a layer computes with: a plain parameter, or a parameter divided by its spectral norm. */
sealed interface Weight permits Weight.Plain, SpectralNorm {
    /** The value to use in one forward pass. */
    Tensor value(Forward f);

    /** A plain weight, registered as {@code weight}. */
    record Plain(Tensor weight) implements Weight {
        static Plain in(Module module, Tensor fresh) {
            return new Plain(module.parameter("weight", fresh));
        }

        @Override
        public Tensor value(Forward f) {
            return weight;
        }
    }
}
