package duello.method.adversarial;

import static org.bytedeco.pytorch.global.torch.softplus;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Adversarial;
import duello.method.PerSample;
import duello.method.Scored;
import java.util.function.Supplier;

/**
 * The original loss with the non-saturating generator: D minimises {@code softplus(-r) + softplus(f)}, G {@code
 * softplus(-f)}; {@code softplus(t) = log(1 + exp t)}. The reference's "vanilla" and "logistic" are both this.
 */
@Doc("The original GAN loss, non-saturating in the generator")
@Paper("Goodfellow et al., Generative Adversarial Nets, NeurIPS 2014, arXiv 1406.2661")
public record Vanilla() implements Adversarial {
    @Override
    public PerSample discriminator(Scored real, Scored fake) {
        return new PerSample(softplus(real.logit().neg()), softplus(fake.logit()));
    }

    @Override
    public PerSample generator(Supplier<Scored> real, Scored fake) {
        return new PerSample(null, softplus(fake.logit().neg()));
    }
}
