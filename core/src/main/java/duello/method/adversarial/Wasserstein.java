package duello.method.adversarial;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Adversarial;
import duello.method.PerSample;
import duello.method.Scored;
import java.util.function.Supplier;

/** D minimises {@code f - r}, G {@code -f}; D must be kept Lipschitz by another method, such as a gradient penalty. */
@Doc("Wasserstein; combine it with gradient_penalty")
@Paper("Arjovsky et al., Wasserstein Generative Adversarial Networks, ICML 2017, arXiv 1701.07875")
public record Wasserstein() implements Adversarial {
    @Override
    public PerSample discriminator(Scored real, Scored fake) {
        return new PerSample(real.logit().neg(), fake.logit());
    }

    @Override
    public PerSample generator(Supplier<Scored> real, Scored fake) {
        return new PerSample(null, fake.logit().neg());
    }
}
