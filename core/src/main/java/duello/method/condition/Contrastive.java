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
 * The conditional contrastive loss (2C) of ContraGAN, equation 8. With embeddings e, the proxies p of the samples' own
 * classes, temperature t and {@code S_ij = cos(e_i, e_j) / t}, {@code P_i = cos(e_i, p_i) / t}:
 *
 * <pre>
 *   C = - mean_i log [ (exp P_i + sum over j != i, y_j = y_i of exp S_ij) / (exp P_i + sum over j != i of exp S_ij) ]
 * </pre>
 *
 * The diagonal is left out of both sums. Computed by log-sum-exp, so small temperatures are safe.
 */
@Doc("Conditional contrastive loss of ContraGAN")
@Paper(
        "Kang and Park, ContraGAN: Contrastive Learning for Conditional Image Generation, NeurIPS 2020, arXiv 2006.12681")
public record Contrastive(
        @Doc("Weight in both players' losses") @Default("1") @Range(min = 0)
        double weight,

        @Doc("Temperature t") @Default("1") @Range(min = 0, above = true)
        double temperature,

        @Doc("Width of the embeddings and proxies") @Default("512") @Range(min = 1, max = 65536)
        int embedding)
        implements ClassObjective {

    @Override
    public Bound bind(HeadSite site, int classes, Collective collective) {
        return Embeddings.bind(site, classes, embedding, collective, (e, p, y) -> loss(e, p, y, temperature));
    }

    /**
     * The loss of one batch, a scalar.
     *
     * @param embeddings {@code [N, e]}, of any length
     * @param proxies {@code [N, e]}, of any length, row i that of sample i's class
     * @param labels int64 {@code [N]}
     */
    public static Tensor loss(Tensor embeddings, Tensor proxies, Tensor labels, double temperature) {
        Tensor toProxy = Ops.mul(Embeddings.pairwise(embeddings, proxies), 1 / temperature)
                .unsqueeze(1);
        Tensor toOthers = Ops.mul(Embeddings.cosines(embeddings, embeddings), 1 / temperature);
        Tensor others = Embeddings.others(labels);
        Tensor all = Ops.keepWhere(toOthers, others, Double.NEGATIVE_INFINITY);
        Tensor positives =
                Ops.keepWhere(toOthers, others.logical_and(Embeddings.sameClass(labels)), Double.NEGATIVE_INFINITY);
        Tensor numerator = Ops.cat(1, toProxy, positives).logsumexp(1);
        Tensor denominator = Ops.cat(1, toProxy, all).logsumexp(1);
        return denominator.sub(numerator).mean();
    }
}
