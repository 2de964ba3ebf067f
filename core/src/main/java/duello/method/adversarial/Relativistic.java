package duello.method.adversarial;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Adversarial;
import duello.method.PerSample;
import duello.method.Scored;
import duello.torch.Ops;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Relativistic losses: another loss of differences of logits. With the logits r of reals and f of fakes D minimises what
 * {@code of} makes D minimise for reals at {@code r - mean f} and fakes at {@code f - mean r}; G the same with the two
 * exchanged, over a fresh batch of reals. In pairs the differences are {@code r_i - f_i} and {@code f_i - r_i}: the two
 * sides of a symmetric loss are then the same number, and the half of their sum is the paper's simplified form, such as
 * {@code mean -log sigmoid(r_i - f_i)}. Means are taken over the micro batch of one process.
 */
@Doc("Relativistic: another loss of how much more real one image looks than others")
@Paper("Jolicoeur-Martineau, The Relativistic Discriminator: a Key Element Missing from Standard GAN, ICLR 2019, "
        + "arXiv 1807.00734")
public record Relativistic(
        @Doc("true: against the mean of the other kind's batch (RaGAN); false: one real against one generated (RGAN)")
        @Default("true")
        boolean average,

        @Doc("Whether the sum of the two sides is halved, as published programs do") @Default("true")
        boolean halved,

        @Doc("The loss of differences; least_squares needs fake: -1") @Default("{type: vanilla}")
        Adversarial of)
        implements Adversarial {
    /** @throws IllegalArgumentException if {@code of} is no loss of differences */
    public Relativistic {
        if (of.perClass() || of instanceof Relativistic) {
            throw new IllegalArgumentException(
                    "of must be a loss of one logit an image, such as {type: hinge}, and not relativistic itself");
        }
        if (of.boundary() != 0) {
            throw new IllegalArgumentException("of has its boundary at " + of.boundary()
                    + ", but differences theirs at 0; of least_squares set fake: -1");
        }
    }

    @Override
    public PerSample discriminator(Scored real, Scored fake) {
        return weighted(of.discriminator(relativeTo(fake, real), relativeTo(real, fake)));
    }

    @Override
    public PerSample generator(Supplier<Scored> real, Scored fake) {
        Scored fresh = real.get();
        PerSample exchanged = weighted(of.discriminator(relativeTo(fresh, fake), relativeTo(fake, fresh)));
        return new PerSample(exchanged.fake(), exchanged.real());
    }

    private Scored relativeTo(Scored others, Scored own) {
        Tensor reference = average ? others.logit().mean() : others.logit();
        return new Scored(own.logit().sub(reference), own.labels());
    }

    private PerSample weighted(PerSample sides) {
        return halved ? new PerSample(half(sides.real()), half(sides.fake())) : sides;
    }

    private static @Nullable Tensor half(@Nullable Tensor side) {
        return side == null ? null : Ops.mul(side, 0.5);
    }
}
