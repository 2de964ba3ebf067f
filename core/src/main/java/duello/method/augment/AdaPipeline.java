package duello.method.augment;

import duello.torch.Autocast;
import duello.torch.Draws;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The transforms of adaptive discriminator augmentation in the paper's order: geometry, colour, filter, noise, cutout.
 * In single precision whatever surrounds it, and twice differentiable with respect to the images.
 */
public final class AdaPipeline {
    private AdaPipeline() {}

    /**
     * Transforms each image by each of the enabled transforms with the given probability.
     *
     * @param x {@code [B, 3, H, W]}, at least 2 px a side; any channels where no colours are enabled
     * @param enabled which transforms
     * @param draws parameters and coins, drawn per sample
     * @param probability a scalar tensor in [0, 1] on the images' device; it is not waited for
     * @return float32 of the same shape
     */
    public static Tensor apply(Tensor x, Set<AdaTransform> enabled, Draws draws, Tensor probability) {
        Chance chance = new Chance(draws, x.size(0), probability);
        return Autocast.off(x.device(), () -> {
            Tensor out = AdaGeometry.apply(x.to(ScalarType.Float), enabled, chance);
            out = AdaColour.apply(out, enabled, chance);
            if (enabled.contains(AdaTransform.IMGFILTER)) {
                out = AdaFilter.apply(out, chance);
            }
            if (enabled.contains(AdaTransform.NOISE)) {
                out = AdaCorruption.noise(out, chance);
            }
            return enabled.contains(AdaTransform.CUTOUT) ? AdaCorruption.cutout(out, chance) : out;
        });
    }
}
