package duello.method.augment;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Augment;
import duello.torch.Autocast;
import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The views of contrastive learning: random resized crop, flip, colour jitter, grey; then blur (hq, hq_cutout, byol) and
 * a square of 15 px cut out (hq_cutout). Drawn per sample, save the order of the colours' two stages and the width of
 * the blur, which are drawn per batch.
 *
 * <p>The transforms are defined on colours in [0, 1]; images in [-1, 1] are mapped there first and back afterwards, so
 * what is cut out becomes black, and colours outside the range are clipped where they are jittered.
 */
@Doc("SimCLR's and BYOL's views: crop, flip, colour jitter, grey, and blur or cut-out by variant")
@Paper(
        "Chen et al., A Simple Framework for Contrastive Learning of Visual Representations, ICML 2020, arXiv 2002.05709")
public record SimClr(
        @Doc("basic: crop to grey; hq: and blur; hq_cutout: and a square cut out; byol: hq with gentler saturation")
        @Default("basic")
        Variant variant)
        implements Augment {
    /** The published sets. */
    public enum Variant {
        BASIC(false, false, 0.4),
        HQ(true, false, 0.4),
        HQ_CUTOUT(true, true, 0.4),
        /** The set of Grill et al., Bootstrap Your Own Latent, 2020. */
        BYOL(true, false, 0.2);

        private final boolean blur;
        private final boolean cutout;
        private final double saturation;

        Variant(boolean blur, boolean cutout, double saturation) {
            this.blur = blur;
            this.cutout = cutout;
            this.saturation = saturation;
        }
    }

    private static final double JITTER = 0.8;
    private static final double GREY = 0.2;
    private static final long CUTOUT = 15;
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    @Override
    public Tensor apply(Tensor x, Draws draws) {
        return Autocast.off(x.device(), () -> {
            Tensor unit = Ops.mul(Ops.add(x.to(ScalarType.Float), 1.0), 0.5);
            return Ops.add(Ops.mul(view(unit, draws), 2), -1.0);
        });
    }

    private Tensor view(Tensor x, Draws draws) {
        Tensor out = RandomCrop.apply(x, draws);
        out = FlipShift.flipped(out, draws.uniform(x.size(0)));
        out = some(JITTER, ColourJitter.apply(out, variant.saturation, draws), out, draws);
        out = some(GREY, grey(out), out, draws);
        if (variant.blur) {
            out = some(0.5, blurred(out, draws), out, draws);
        }
        return variant.cutout ? some(0.5, cutOut(out, draws), out, draws) : out;
    }

    /** Each sample changed with the given probability. */
    private static Tensor some(double probability, Tensor changed, Tensor x, Draws draws) {
        Tensor coin = draws.uniform(x.size(0)).lt(Ops.scalar(probability));
        return changed.where(coin.view(-1, 1, 1, 1), x);
    }

    private static Tensor grey(Tensor x) {
        Tensor weights = Ops.tensor(LUMA, 1, 3, 1, 1).to(x.device(), ScalarType.Float);
        return Ops.sum(x.mul(weights), true, 1).expand_as(x);
    }

    /** A Gaussian of 0.1 to 2 px, cut off at a twentieth of the height; images below 20 px stay as they are. */
    private static Tensor blurred(Tensor x, Draws draws) {
        long radius = x.size(2) / 10 / 2;
        Tensor sigma = Ops.add(Ops.mul(draws.uniform(1, 1), 1.9), 0.1);
        Tensor distance = Ops.add(Ops.range(2 * radius + 1, x.device()).to(ScalarType.Float), -radius)
                .unsqueeze(0);
        Tensor bell = Ops.mul(Ops.square(distance.div(sigma)), -0.5).exp();
        Tensor taps = bell.div(Ops.sum(bell, true, 1));
        return Filters.separable(x, taps.expand(x.size(0), -1));
    }

    private static Tensor cutOut(Tensor x, Draws draws) {
        Tensor rows = draws.ints(x.size(2), x.size(0));
        Tensor columns = draws.ints(x.size(3), x.size(0));
        return DiffAugment.withoutRectangle(x, rows, columns, CUTOUT, CUTOUT);
    }
}
