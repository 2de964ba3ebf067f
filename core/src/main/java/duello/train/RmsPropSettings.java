package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.torch.Optimizer;
import duello.torch.RmsProp;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** RMSprop. */
@Doc("RMSprop")
@Paper("Tieleman and Hinton, Lecture 6.5: RMSprop, Coursera, 2012")
public record RmsPropSettings(
        @Doc("Learning rate") @Default("2e-4") @Range(min = 0, above = true)
        double rate,

        @Doc("Smoothing of the mean squared gradient, below 1") @Default("0.99") @Range(min = 0, max = 0.999999)
        double alpha,

        @Doc("Momentum, below 1") @Default("0") @Range(min = 0, max = 0.999999)
        double momentum,

        @Doc("Added to the root of the mean square") @Default("1e-8") @Range(min = 0, above = true)
        double eps,

        @Doc("L2 weight decay, added to the gradient") @Default("0") @Range(min = 0)
        double weightDecay)
        implements OptimizerSettings {
    @Override
    public Optimizer over(Map<String, Tensor> parameters) {
        return new RmsProp(parameters, new RmsProp.Settings(rate, alpha, momentum, eps, weightDecay));
    }
}
