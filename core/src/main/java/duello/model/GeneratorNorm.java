package duello.model;

import duello.torch.BatchNorm2d;
import duello.torch.ConditionalBatchNorm2d;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import org.bytedeco.pytorch.Tensor;

/** Batch normalisation of a generator's block: plain, or conditional on a vector per sample. */
@FunctionalInterface
interface GeneratorNorm {
    Tensor apply(Tensor x, Tensor condition, Forward f);

    /** Registers one under {@code name}; conditional if {@code condition}, the vector's width, is above 0. */
    static GeneratorNorm in(Module module, String name, Layers layers, long channels, long condition) {
        if (condition > 0) {
            ConditionalBatchNorm2d norm = module.child(name, layers.conditionalBatchNorm(channels, condition));
            return norm::apply;
        }
        BatchNorm2d norm = module.child(name, layers.batchNorm(channels));
        return (x, unused, f) -> norm.apply(x, f);
    }
}
