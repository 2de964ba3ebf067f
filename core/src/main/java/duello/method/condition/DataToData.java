package duello.method.condition;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.dist.Collective;
import duello.method.ClassObjective;
import duello.model.HeadSite;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * The data-to-data cross-entropy (D2D-CE) of ReACGAN, equation 6, with temperature t, positive margin m_p and negative
 * margin m_n = 1 - m_p:
 *
 * <pre>
 *   a_i   = relu(m_p - cos(e_i, p_i)) / t
 *   Q_ij  = (cos(e_i, e_j) - m_n) / t,  j != i
 *   neg_i = sum over j, y_j != y_i of exp(relu(Q_ij) - M_i)
 *   C     = mean_i [ a_i + log(exp(-a_i) + neg_i) ]
 * </pre>
 *
 * In the paper M_i = 0. The reference subtracts {@code M_i = max over j != i of Q_ij} (without gradient, before the clamp,
 * same class included) from the negatives alone, so it is not a neutral stabiliser: it changes the objective, and the
 * published results were obtained with it. {@link Form} chooses.
 */
@Doc("Data-to-data cross-entropy of ReACGAN")
@Paper("Kang et al., Rebooting ACGAN: Auxiliary Classifier GANs with Stable Training, NeurIPS 2021, arXiv 2111.01118")
public record DataToData(
        @Doc("Weight in both players' losses") @Default("0.5") @Range(min = 0)
        double weight,

        @Doc("Temperature t") @Default("0.5") @Range(min = 0, above = true)
        double temperature,

        @Doc("Positive margin m_p: a sample nearer to its proxy is easy; the negative margin is 1 - m_p")
        @Default("0.98")
        @Range(min = 0, max = 1, above = true)
        double margin,

        @Doc("Width of the embeddings and proxies") @Default("512") @Range(min = 1, max = 65536)
        int embedding,

        @Doc("reference: negatives shifted by their maximum, as in the published runs; paper: equation 6")
        @Default("reference")
        Form form)
        implements ClassObjective {

    /** What is subtracted from the negatives' exponents. */
    public enum Form {
        /** The row's largest exponent, as the published results were obtained. */
        REFERENCE,
        /** Nothing, as equation 6 is printed. */
        PAPER
    }

    @Override
    public Bound bind(HeadSite site, int classes, Collective collective) {
        return Embeddings.bind(site, classes, embedding, collective, (e, p, y) -> loss(e, p, y, this));
    }

    /**
     * The loss of one batch of at least 2 samples, a scalar; shapes as in {@link Contrastive#loss}.
     *
     * @throws IllegalArgumentException if there are fewer than 2 samples
     */
    public static Tensor loss(Tensor embeddings, Tensor proxies, Tensor labels, DataToData s) {
        if (labels.size(0) < 2) {
            throw new IllegalArgumentException("D2D-CE needs batches of at least 2 images");
        }
        double t = s.temperature;
        Tensor attraction = Ops.mul(
                Ops.rsub(Embeddings.pairwise(embeddings, proxies), s.margin).relu(), 1 / t);
        Tensor q = Ops.mul(Ops.add(Embeddings.cosines(embeddings, embeddings), s.margin - 1), 1 / t);
        Tensor others = Embeddings.others(labels);
        Tensor exponents = q.relu();
        if (s.form == Form.REFERENCE) {
            Tensor shift =
                    Ops.keepWhere(q.detach(), others, Double.NEGATIVE_INFINITY).amax(new long[] {1}, true);
            exponents = exponents.sub(shift);
        }
        Tensor different = Embeddings.sameClass(labels).logical_not();
        Tensor negatives = Ops.keepWhere(exponents, different, Double.NEGATIVE_INFINITY);
        Tensor denominator =
                Ops.cat(1, attraction.neg().unsqueeze(1), negatives).logsumexp(1);
        return attraction.add(denominator).mean();
    }
}
