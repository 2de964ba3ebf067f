package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import duello.torch.Optimizer;
import duello.torch.StepDecay;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Another optimiser, whose learning rate falls in steps; PyTorch's StepLR. */
@Doc("Another optimiser whose learning rate falls in steps")
public record StepDecaySettings(
        @Doc("The optimiser, with the rate that it starts with") @Default("{type: adam}")
        OptimizerSettings of,

        @Doc("What the rate is multiplied by") @Default("0.1") @Range(min = 0, above = true)
        double factor,

        @Doc("After how many updates each, those that regularisers have to themselves included")
        @Default("1000")
        @Range(min = 1)
        long every)
        implements OptimizerSettings {
    @Override
    public Optimizer over(Map<String, Tensor> parameters) {
        return new StepDecay(of.over(parameters), factor, every);
    }

    @Override
    public Map<String, List<Double>> saved() {
        return of.saved();
    }
}
