package duello.analysis;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Method;
import duello.method.Table;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * Signs of the early collapse of auxiliary classifiers (section 3.1 of the paper): the gradient of the cross-entropy with
 * respect to the classifier's weights is, for class c, {@code - mean_i f_i (1[y_i = c] - p_i(c))}, so it explodes when the
 * features f do while the classifier is still wrong about some images. Measured in the discriminator's turn, on its main
 * view of real images:
 *
 * <ul>
 *   <li>{@code features}: mean length of the features;
 *   <li>{@code gradient.HEAD}: mean length of the rows of the class loss's gradient with respect to each weight matrix of
 *       the heads that it reads; for a linear classifier a row is a class, for a table of proxies too;
 *   <li>{@code confidence}: {@code exp(-class loss)}, for a classifier the geometric mean of the probability that it gives
 *       to the right class.
 * </ul>
 *
 * <p>It knows no class objective by name: the class loss is the part of that name, before its weight. With spectral
 * normalisation the gradient is that of the raw weight, which the optimiser moves. Nothing of the run moves.
 */
@Doc("Length of the features and of the class loss's gradient, and the classifier's confidence, over iterations")
@Paper("Kang et al., Rebooting ACGAN: Auxiliary Classifier GANs with Stable Training, NeurIPS 2021, arXiv 2111.01118")
public record ClassGradientNorms(
        @Doc("Iterations between two measurements; each is shown with the next line of the metrics log")
        @Default("100")
        @Range(min = 1)
        long every)
        implements Method {

    static final String NAME = "class_gradient_norms.";

    static final Plot FEATURES = new Plot(
            NAME,
            "features",
            "length of the features",
            "Mean over a batch of real images; an auxiliary classifier about to collapse lets it explode.");

    static final Plot GRADIENTS = new Plot(
            NAME,
            "gradient",
            "length of the class loss's gradient",
            "Mean over the rows of each weight that the class loss reads; it explodes with the features.");

    static final Plot CONFIDENCE = new Plot(
            NAME,
            "confidence",
            "confidence of the class loss",
            "exp(-class loss) on real images; the nearer to 1, the surer it is of the right class.");

    @Override
    public Method build(Table table) {
        return new ClassGradients(table, this);
    }

    /** Mean Euclidean length of the rows of {@code [B, ...]}: a scalar. */
    public static Tensor meanLength(Tensor rows) {
        return Ops.sumPerSample(Ops.square(rows)).sqrt().mean();
    }
}
