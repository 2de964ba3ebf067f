package duello.analysis;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Method;
import duello.method.Table;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How often the discriminator is right: the share of training images and of held-back images with a score above the
 * adversarial loss's boundary (0; 0.5 for least squares; for a Wasserstein critic, which has none, the sign stands in),
 * and of generated images with one below it. A discriminator that learns its training images by heart is right about them
 * and takes held-back ones for generated: BigGAN's has over 98 % against 50 to 55 % (Brock et al., 2019, section 4.2).
 *
 * <p>Measured at points of the metrics log by evaluation passes, without augmentation, on the same images and latents
 * every time: nothing of the run moves.
 */
@Doc("The discriminator's accuracy on training, held-back and generated images over iterations")
@Paper(
        "Kang and Park, ContraGAN: Contrastive Learning for Conditional Image Generation, NeurIPS 2020, arXiv 2006.12681")
public record DiscriminatorOverfitting(
        @Doc("Least iterations between two measurements, each made with a line of the metrics log")
        @Default("1000")
        @Range(min = 1)
        long every,

        @Doc("Images of each kind; as many as there are where there are fewer")
        @Default("500")
        @Range(min = 1, max = 1000000)
        int images)
        implements Method {

    static final String NAME = "discriminator_overfitting.";

    static final Plot PLOT = new Plot(
            NAME,
            "",
            "the discriminator's accuracy",
            "Share of images it is right about; held-back images falling away from training images mean that it learns"
                    + " these by heart.");

    @Override
    public Method build(Table table) {
        return new DiscriminatorAccuracy(table, this);
    }

    /**
     * How many of {@code scores}, {@code [B]}, are right: strictly above the boundary for real images, strictly below it
     * for generated ones. An int64 scalar.
     */
    public static Tensor right(Tensor scores, boolean real, double boundary) {
        Tensor right = real ? scores.gt(Ops.scalar(boundary)) : scores.lt(Ops.scalar(boundary));
        return right.to(ScalarType.Long).sum();
    }
}
