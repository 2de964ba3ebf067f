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

/**
 * D minimises {@code (r - b)^2 + (f - a)^2}, G {@code (f - b)^2}, with the targets b of real and a of generated images
 * (equation 2 of the paper, its c being b); halved as the paper writes it. Its targets 1 and 0 are equation 9.
 */
@Doc("Least squares")
@Paper("Mao et al., Least Squares Generative Adversarial Networks, ICCV 2017, arXiv 1611.04076")
public record LeastSquares(
        @Doc("Target of real images, and of generated ones in the generator's loss") @Default("1")
        double real,

        @Doc("Target of generated images in the discriminator's loss; -1 under relativistic") @Default("0")
        double fake,

        @Doc("Whether squares are halved") @Default("true") boolean halved)
        implements Adversarial {
    /** Targets 1 and 0, halved. */
    public LeastSquares() {
        this(1, 0, true);
    }

    /** @throws IllegalArgumentException unless the target of real images is the larger one */
    public LeastSquares {
        if (!(real > fake)) {
            throw new IllegalArgumentException("real is " + real + " and fake " + fake + "; real must be the larger");
        }
    }

    @Override
    public PerSample discriminator(Scored ofReal, Scored ofFake) {
        return new PerSample(from(real, ofReal), from(fake, ofFake));
    }

    @Override
    public PerSample generator(Supplier<Scored> ofReal, Scored ofFake) {
        return new PerSample(null, from(real, ofFake));
    }

    @Override
    public double boundary() {
        return (real + fake) / 2;
    }

    private Tensor from(double target, Scored scored) {
        Tensor square = Ops.square(Ops.add(scored.logit(), -target));
        return halved ? Ops.mul(square, 0.5) : square;
    }
}
