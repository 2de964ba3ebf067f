package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import duello.torch.Draws;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * InfoGAN's codes (Chen et al., <i>InfoGAN</i>, NeurIPS 2016): the last columns of a latent, first the one-hot vectors
 * of the categorical codes, then the continuous ones. They tell the generator what to vary, and a recogniser in the
 * discriminator reads them off the image again.
 */
public record Codes(
        @Doc("How many categorical codes") @Default("1") @Range(min = 0, max = 1024)
        int discrete,

        @Doc("Categories of each categorical code") @Default("10") @Range(min = 2, max = 65536)
        int categories,

        @Doc("How many continuous codes, uniform in -1 to 1") @Default("0") @Range(min = 0, max = 65536)
        int continuous,

        @Doc("How they enter: concat (mixed into the latent) or cbn (a condition of the generator's batch norms)")
        @Default("concat")
        Injection injection) {

    /** How codes enter a generator. */
    public enum Injection {
        /** A linear map makes a latent of latent and codes. */
        CONCAT,
        /** A linear map of the codes alone is a part of the condition of every conditional batch normalisation. */
        CBN
    }

    /** @throws IllegalArgumentException if there is not one code */
    public Codes {
        if (discrete + continuous < 1) {
            throw new IllegalArgumentException("codes need discrete or continuous above 0");
        }
    }

    /** How many columns they take. */
    public int width() {
        return discrete * categories + continuous;
    }

    /** {@code count} codes, {@code [count, width]}: categories uniform, continuous codes uniform in [-1, 1). */
    public Tensor draw(Draws draws, long count) {
        List<Tensor> parts = new ArrayList<>();
        if (discrete > 0) {
            parts.add(Ops.oneHot(draws.ints(categories, count, discrete), categories)
                    .flatten(1, -1));
        }
        if (continuous > 0) {
            parts.add(Prior.UNIFORM.draw(draws, count, continuous));
        }
        return Ops.cat(1, parts.toArray(Tensor[]::new));
    }

    /** The categories in latents {@code [B, d]} that end with codes, int64 {@code [B, discrete]}. */
    public Tensor categoriesOf(Tensor z) {
        long from = z.size(1) - width();
        return Ops.slice(z, 1, from, from + (long) discrete * categories)
                .reshape(-1, discrete, categories)
                .argmax(new LongOptional(2), false);
    }

    /** The continuous codes in latents {@code [B, d]} that end with codes, {@code [B, continuous]}. */
    public Tensor continuousOf(Tensor z) {
        return Ops.slice(z, 1, z.size(1) - continuous, z.size(1));
    }
}
