package duello.method.adversarial;

import static org.bytedeco.pytorch.global.torch.relu;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Adversarial;
import duello.method.PerSample;
import duello.method.Scored;
import duello.torch.Ops;
import java.util.function.Supplier;

/** D minimises {@code relu(1 - r) + relu(1 + f)}, G {@code -f}. */
@Doc("Hinge, as SAGAN, BigGAN, ContraGAN and ReACGAN use it")
@Paper("Lim and Ye, Geometric GAN, 2017, arXiv 1705.02894")
public record Hinge() implements Adversarial {
    @Override
    public PerSample discriminator(Scored real, Scored fake) {
        return new PerSample(relu(Ops.rsub(real.logit(), 1)), relu(Ops.add(fake.logit(), 1)));
    }

    @Override
    public PerSample generator(Supplier<Scored> real, Scored fake) {
        return new PerSample(null, fake.logit().neg());
    }
}
