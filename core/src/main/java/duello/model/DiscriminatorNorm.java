package duello.model;

import duello.torch.BatchNorm2d;
import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import org.bytedeco.pytorch.Tensor;

/** Batch normalisation of a discriminator's block, where there is any: spectral normalisation takes its place. */
@FunctionalInterface
interface DiscriminatorNorm {
    Tensor apply(Tensor x, Forward f);

    /** Registers one under {@code name}, or registers nothing and changes nothing with spectral normalisation. */
    static DiscriminatorNorm in(Module module, String name, Layers layers, long channels) {
        if (layers.spectral()) {
            return (x, f) -> x;
        }
        BatchNorm2d norm = module.child(name, layers.batchNorm(channels));
        return norm::apply;
    }
}
