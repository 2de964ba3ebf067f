package duello.method.augment;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Prepare;
import duello.method.Step;
import duello.method.Table;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Adaptive pseudo augmentation: in the discriminator's turn some reals are replaced by the fakes of the same places, with
 * the reals' labels, so that the discriminator grows less sure. The probability is {@link AdaptiveProbability}'s; it
 * counts the replaced images as reals, as the discriminator does. With the same settings as ADA's both follow the same
 * numbers, so their probabilities are equal.
 */
@Doc("APA: passes generated images off as real, the likelier the surer the discriminator is of the real images")
@Paper("Jiang et al., Deceive D: Adaptive Pseudo Augmentation for GAN Training with Limited Data, NeurIPS 2021, "
        + "arXiv 2111.06849")
public record Apa(
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
        return new Playing(new AdaptiveProbability(settings, table.device(), table.collective()));
    }

    /**
     * {@code fake} where {@code u < p}, else {@code real}.
     *
     * @param u {@code [B]} in [0, 1)
     * @param p a scalar
     */
    public static Tensor mixed(Tensor real, Tensor fake, Tensor u, Tensor p) {
        return fake.where(u.lt(p).view(-1, 1, 1, 1), real);
    }

    private record Playing(AdaptiveProbability p) implements Prepare, Adaptive, Measured {
        @Override
        public Tensor prepare(Step s, Origin origin, Tensor images) {
            if (origin != Origin.REAL || s.player() != Player.DISCRIMINATOR) {
                return images;
            }
            Tensor u = s.draws("apa").uniform(images.size(0));
            return mixed(images, s.rawFake().detach(), u, p.value());
        }

        @Override
        public Map<String, Tensor> measures() {
            return Map.of("apa.p", p.value());
        }
    }
}
