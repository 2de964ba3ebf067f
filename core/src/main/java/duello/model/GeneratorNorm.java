package duello.model;

import duello.torch.BatchNorm2d;
import duello.torch.ConditionalBatchNorm2d;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Script;
import org.bytedeco.pytorch.Tensor;

/** Batch normalisation of a generator's block: plain, or conditional on a vector per sample. */
sealed interface GeneratorNorm {
    Tensor apply(Tensor x, Tensor condition, Forward f);

    /** {@link #apply} in a script. */
    String script(Script s, String x, String condition);

    /** Registers one under {@code name}; conditional if {@code condition}, the vector's width, is above 0. */
    static GeneratorNorm in(Module module, String name, Layers layers, long channels, long condition) {
        return condition > 0
                ? new Conditional(module.child(name, layers.conditionalBatchNorm(channels, condition)))
                : new Plain(module.child(name, layers.batchNorm(channels)));
    }

    /** Looks at no condition. */
    record Plain(BatchNorm2d norm) implements GeneratorNorm {
        @Override
        public Tensor apply(Tensor x, Tensor unused, Forward f) {
            return norm.apply(x, f);
        }

        @Override
        public String script(Script s, String x, String unused) {
            return norm.script(s, x);
        }
    }

    /** Scales and shifts by maps of the condition. */
    record Conditional(ConditionalBatchNorm2d norm) implements GeneratorNorm {
        @Override
        public Tensor apply(Tensor x, Tensor condition, Forward f) {
            return norm.apply(x, condition, f);
        }

        @Override
        public String script(Script s, String x, String condition) {
            return norm.script(s, x, condition);
        }
    }
}
