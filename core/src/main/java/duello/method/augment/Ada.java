package duello.method.augment;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Augment;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Table;
import duello.torch.Draws;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Adaptive discriminator augmentation: reals and fakes pass a set of transforms, each with a probability that {@link
 * AdaptiveProbability} controls. p is bounded by 1, and moves by the true number of reals, as PyTorch-StudioGAN has it;
 * the authors' code leaves p unbounded above.
 */
@Doc("ADA: transforms of what the discriminator sees, the likelier the surer it is of the real images")
@Paper("Karras et al., Training Generative Adversarial Networks with Limited Data, NeurIPS 2020, arXiv 2006.06676")
public record Ada(
        @Doc("Which: blit and geom move pixels, color, filter, noise, cutout; bg...: several of them by their letters")
        @Default("bgc")
        AdaSet set,

        @Doc("The probability at the start") @Default("0") @Range(min = 0, max = 1)
        double initial,

        @Doc("The mean sign of the real images' scores that is aimed at") @Default("0.6") @Range(min = -1, max = 1)
        double target,

        @Doc("Thousands of real images that take the probability from 0 to 1")
        @Default("500")
        @Range(min = 1, max = 1e9)
        long kimg,

        @Doc("Iterations between two moves of the probability") @Default("4") @Range(min = 1, max = 1e6)
        long interval)
        implements Method {
    @Override
    public Method build(Table table) {
        AdaptiveProbability.Settings settings = new AdaptiveProbability.Settings(initial, target, kimg, interval);
        return new Playing(set, new AdaptiveProbability(settings, table.device(), table.collective()));
    }

    private record Playing(AdaSet set, AdaptiveProbability p) implements Augment, Adaptive, Measured {
        @Override
        public Tensor apply(Tensor x, Draws draws) {
            return AdaPipeline.apply(x, set.transforms(), draws, p.value());
        }

        @Override
        public Map<String, Tensor> measures() {
            return Map.of("ada.p", p.value());
        }
    }
}
