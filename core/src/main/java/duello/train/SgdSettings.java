package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Optimizer;
import duello.torch.Sgd;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Stochastic gradient descent. */
@Doc("Stochastic gradient descent with momentum")
@Paper("Sutskever et al., On the importance of initialization and momentum in deep learning, ICML 2013")
public record SgdSettings(
        @Doc("Learning rate") @Default("2e-4") @Range(min = 0, above = true)
        double rate,

        @Doc("Momentum, below 1") @Default("0") @Range(min = 0, max = 0.999999)
        double momentum,

        @Doc("Nesterov's form of momentum") @Default("false")
        boolean nesterov,

        @Doc("L2 weight decay, added to the gradient") @Default("0") @Range(min = 0)
        double weightDecay)
        implements OptimizerSettings {
    @Override
    public Optimizer over(Map<String, Tensor> parameters) {
        return new Sgd(parameters, new Sgd.Settings(rate, momentum, nesterov, weightDecay));
    }
}
