package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Adam;
import duello.torch.Optimizer;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam with the reference's defaults. With an {@code interval} n above 1, the share {@code c = n / (n + 1)} of all steps is
 * the main loss's, and the rate becomes {@code c rate}, the decays {@code beta^c} (Karras et al., <i>Analyzing and Improving
 * the Image Quality of StyleGAN</i>, CVPR 2020, appendix B).
 */
@Doc("Adam")
@Paper("Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv 1412.6980")
public record AdamSettings(
        @Doc("Learning rate") @Default("2e-4") @Range(min = 0, above = true)
        double rate,

        @Doc("Decay of the mean gradient, below 1") @Default("0.5") @Range(min = 0, max = 0.999999)
        double beta1,

        @Doc("Decay of the mean squared gradient, below 1") @Default("0.999") @Range(min = 0, max = 0.9999999)
        double beta2,

        @Doc("Added to the root of the mean square; the reference has 1e-6")
        @Default("1e-6")
        @Range(min = 0, above = true)
        double eps,

        @Doc("L2 weight decay, added to the gradient") @Default("0") @Range(min = 0)
        double weightDecay,

        @Doc(
                "Of how many updates one is followed by a regulariser's own; the rate and the decays are made those of all steps together")
        @Default("1")
        @Range(min = 1, max = 100000)
        long interval)
        implements OptimizerSettings {
    /** Without a regulariser that has updates to itself. */
    public AdamSettings(double rate, double beta1, double beta2, double eps, double weightDecay) {
        this(rate, beta1, beta2, eps, weightDecay, 1);
    }

    /** What the optimiser is made with. */
    Adam.Settings corrected() {
        double share = interval == 1 ? 1 : interval / (interval + 1.0);
        return new Adam.Settings(rate * share, Math.pow(beta1, share), Math.pow(beta2, share), eps, weightDecay);
    }

    @Override
    public Optimizer over(Map<String, Tensor> parameters) {
        return new Adam(parameters, corrected());
    }

    @Override
    public Map<String, List<Double>> saved() {
        Adam.Settings used = corrected();
        return Map.of(
                "lr", List.of(used.rate()),
                "betas", List.of(used.beta1(), used.beta2()),
                "eps", List.of(eps),
                "weight_decay", List.of(weightDecay));
    }
}
