package duello.method.adversarial;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Adversarial;
import duello.method.PerSample;
import duello.method.Scored;
import duello.torch.Ops;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** D minimises {@code (r - 1)^2 / 2 + f^2 / 2}, G {@code (f - 1)^2 / 2} (equation 9 of the paper). */
@Doc("Least squares")
@Paper("Mao et al., Least Squares Generative Adversarial Networks, ICCV 2017, arXiv 1611.04076")
public record LeastSquares() implements Adversarial {
    @Override
    public PerSample discriminator(Scored real, Scored fake) {
        return new PerSample(halfSquare(Ops.add(real.logit(), -1)), halfSquare(fake.logit()));
    }

    @Override
    public PerSample generator(Supplier<Scored> real, Scored fake) {
        return new PerSample(null, halfSquare(Ops.add(fake.logit(), -1)));
    }

    @Override
    public double boundary() {
        return 0.5;
    }

    private static Tensor halfSquare(Tensor t) {
        return Ops.mul(Ops.square(t), 0.5);
    }
}
