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

/** Adam with the reference's defaults. */
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
        double weightDecay)
        implements OptimizerSettings {
    @Override
    public Optimizer over(Map<String, Tensor> parameters) {
        return new Adam(parameters, new Adam.Settings(rate, beta1, beta2, eps, weightDecay));
    }

    @Override
    public Map<String, List<Double>> saved() {
        return Map.of(
                "lr", List.of(rate),
                "betas", List.of(beta1, beta2),
                "eps", List.of(eps),
                "weight_decay", List.of(weightDecay));
    }
}
