package duello.method.condition;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Codes;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * InfoGAN's variational lower bound of the information that an image keeps of its codes: heads on the
 * discriminator's features read the codes off generated images again, and the generator and these heads, which its
 * optimiser moves, minimise
 *
 * <pre>
 *   discrete   * sum over codes of mean_i -log softmax(logits_i)_c
 *   continuous * mean_i sum over codes of [ log(2 pi v) / 2 + (c - m)^2 / (2 v) ],   v = exp(...)
 * </pre>
 *
 * with the reference's small constant beside {@code v}. The discriminator has no part in it. What codes there are is the
 * generator's affair ({@code model.codes}).
 */
@Doc("InfoGAN: the generator's codes can be read off its images; needs model.codes")
@Paper(
        "Chen et al., InfoGAN: Interpretable Representation Learning by Information Maximizing Generative Adversarial Nets, NeurIPS 2016, arXiv 1606.03657")
public record InfoGan(
        @Doc("Weight of the categorical codes") @Default("1") @Range(min = 0)
        double discrete,

        @Doc("Weight of the continuous codes") @Default("1") @Range(min = 0)
        double continuous)
        implements Method {
    private static final double SMALL = 1e-6;

    @Override
    public boolean needsCodes() {
        return true;
    }

    /** @throws Failure if the generator has no codes */
    @Override
    public Method build(Table table) {
        Codes codes = table.generator().space().codes();
        if (codes == null) {
            throw new Failure("infogan reads codes off the images, but the generator has none;"
                    + " give it some, such as model.codes: {discrete: 1, categories: 10}");
        }
        HeadSite site = table.discriminator().site().forGenerator();
        Recogniser logits = codes.discrete() == 0
                ? null
                : Recogniser.at(site, "info_discrete_linear", (long) codes.discrete() * codes.categories());
        Gaussian gaussian = codes.continuous() == 0
                ? null
                : new Gaussian(
                        Recogniser.at(site, "info_conti_mu_linear", codes.continuous()),
                        Recogniser.at(site, "info_conti_var_linear", codes.continuous()));
        return new Played(this, codes, logits, gaussian);
    }

    /**
     * The categorical codes' part, a scalar.
     *
     * @param logits {@code [B, n * categories]}
     * @param chosen int64 {@code [B, n]}
     */
    public static Tensor discreteLoss(Tensor logits, Tensor chosen) {
        long codes = chosen.size(1);
        Tensor each = torch.cross_entropy_loss(logits.reshape(-1, logits.size(1) / codes), chosen.reshape(-1));
        return each.mul(new Scalar(codes));
    }

    /** The continuous codes' part, a scalar, of mean, variance and codes, each {@code [B, n]}. */
    public static Tensor continuousLoss(Tensor mean, Tensor variance, Tensor codes) {
        Tensor width = Ops.mul(Ops.add(Ops.mul(variance, 2 * Math.PI), SMALL).log(), 0.5);
        Tensor miss = Ops.square(codes.sub(mean)).div(Ops.add(Ops.mul(variance, 2), SMALL));
        return Ops.sumPerSample(width.add(miss)).mean();
    }

    /**
     * What is believed of the continuous codes.
     *
     * @param mean reads m
     * @param logVariance reads log v
     */
    private record Gaussian(Head mean, Head logVariance) {}

    private record Played(
            InfoGan settings,
            Codes codes,
            @Nullable Head logits,
            @Nullable Gaussian gaussian) implements Term {
        @Override
        public void generator(Step s, Loss loss) {
            Tensor z = s.latent().z();
            if (logits != null) {
                Tensor read = s.onFake().read(logits);
                loss.add("codes_discrete", settings.discrete, discreteLoss(read, codes.categoriesOf(z)));
            }
            if (gaussian != null) {
                Tensor mean = s.onFake().read(gaussian.mean);
                Tensor variance = s.onFake().read(gaussian.logVariance).exp();
                loss.add(
                        "codes_continuous", settings.continuous, continuousLoss(mean, variance, codes.continuousOf(z)));
            }
        }

        @Override
        public List<Head> heads() {
            List<Head> heads = new ArrayList<>();
            if (logits != null) {
                heads.add(logits);
            }
            if (gaussian != null) {
                heads.add(gaussian.mean);
                heads.add(gaussian.logVariance);
            }
            return heads;
        }
    }
}
