package duello.train;

import duello.catalog.Failure;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Draws images from a generator that is not trained meanwhile. Image i of a seed is the same whatever is drawn with it:
 * its latent is a function of the seed and i, and batch statistics are not used.
 */
public final class Sampler {
    /** Enough for spectral norms whose vectors are averages to settle. */
    private static final int SETTLING_PASSES = 8;

    private final Generator generator;
    private final int classes;
    private final Device device;

    /**
     * Draws from {@code generator}, whose buffers of spectral normalisation are brought up to date first: pass a copy of
     * one that is still being trained.
     */
    public Sampler(Generator generator, int classes, Device device) {
        this.generator = generator;
        this.classes = classes;
        this.device = device;
        settle();
    }

    /** How many classes it knows. */
    public int classes() {
        return classes;
    }

    /** The generator, settled. */
    Generator generator() {
        return generator;
    }

    private void settle() {
        for (int i = 0; i < SETTLING_PASSES; i++) {
            try (Scope scope = Scope.open()) {
                Scope.noGrad(() -> generator.images(latents(0, 0, new long[2]), Forward.ITERATING_EVALUATION));
            }
        }
    }

    /**
     * Images {@code first ... first + labels.length - 1} of {@code seed}, {@code [B, 3, H, W]} in [-1, 1], without
     * gradient; they belong to the caller's scope.
     *
     * @throws Failure if a label is not one of the classes
     */
    public Tensor images(long seed, long first, long[] labels) {
        for (long label : labels) {
            if (label < 0 || label >= classes) {
                throw new Failure("there is no class " + label + "; the generator knows classes 0 to " + (classes - 1));
            }
        }
        return Scope.noGrad(() -> generator.images(latents(seed, first, labels), Forward.EVALUATION));
    }

    private Latent latents(long seed, long first, long[] labels) {
        Tensor[] rows = new Tensor[labels.length];
        for (int i = 0; i < rows.length; i++) {
            SeededDraws draws = new SeededDraws(Seeds.derive(seed, "sample", first + i), Devices.CPU);
            rows[i] = generator.latents(draws, 1);
        }
        Tensor z = Ops.cat(0, rows).to(device, ScalarType.Float);
        return new Latent(z, Ops.tensor(labels, labels.length).to(device, ScalarType.Long));
    }
}
