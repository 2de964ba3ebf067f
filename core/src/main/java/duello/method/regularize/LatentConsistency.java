package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Origin;
import duello.method.Step;
import duello.method.Term;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.LatentSpace;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Latent consistency regularisation, zCR, algorithm 2 of the paper: for a latent z and one near it, {@code z + radius n}
 * with n of the prior's kind and the same labels and codes, the discriminator should say the same of both images and the generator
 * should make them differ: {@code -generator * mean (G(z) - G(z + radius n))^2}. The near image is neither augmented nor
 * prepared, and its pass leaves no trace in the generator.
 */
@Doc("zCR: images of near latents are judged alike, and the generator keeps them apart")
@Paper("Zhao et al., Improved Consistency Regularization for GANs, AAAI 2021, arXiv 2002.04724")
public record LatentConsistency(
        @Doc("Distance of the near latents, in units of the prior") @Default("0.05") @Range(min = 0, above = true)
        double radius,

        @Doc("Weight of the discriminator's part") @Default("20") @Range(min = 0)
        double discriminator,

        @Doc("Weight of the generator's part, which is subtracted") @Default("0.5") @Range(min = 0)
        double generator)
        implements Term {
    @Override
    public void discriminator(Step s, Loss loss) {
        Judged main = s.onFake();
        Judged near = s.judge(near(s), main.labels(), Origin.FAKE);
        loss.add("zcr", discriminator, Views.distance(main.compared(), near.compared()));
    }

    @Override
    public void generator(Step s, Loss loss) {
        loss.add("zcr", -generator, apart(s.rawFake(), near(s)));
    }

    private Tensor near(Step s) {
        Generator g = s.table().generator();
        Latent latent = s.latent();
        LatentSpace space = g.space();
        Tensor away = space.prior().draw(s.draws("zcr"), latent.z().size(0), space.width());
        Tensor move = torch.constant_pad_nd(Ops.mul(away, radius), 0, space.size() - space.width());
        return g.images(latent.moved(latent.z().add(move)), s.side("latent_consistency"));
    }

    /** How far apart images are: the mean squared difference over all elements. */
    public static Tensor apart(Tensor images, Tensor near) {
        return torch.mse_loss(images, near);
    }
}
