package duello.analysis;

import duello.torch.Ops;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * How a random direction is brought to the scale of the weights (Li et al., <i>Visualizing the Loss Landscape of Neural
 * Nets</i>, NeurIPS 2018, arXiv 1712.09913). A filter is a slice along the axis of the outputs.
 */
public enum Scaling {
    /** As drawn. */
    NONE,
    /** Each filter gets the length of the weight's filter: {@code d |w| / (|d| + 1e-10)}. */
    FILTER,
    /** The whole tensor gets the length of the weight. */
    LAYER,
    /** Element by element times the weight. */
    WEIGHT,
    /** Each filter gets length 1. */
    UNIT_FILTER,
    /** The whole tensor gets length 1. */
    UNIT_LAYER;

    private static final double EPS = 1e-10;

    /**
     * The direction that a parameter is moved in.
     *
     * @param drawn random, of the parameter's shape
     * @param weight the parameter
     * @param outputAxis where its filters lie
     * @return of the same shape; zero for biases and other parameters of one dimension at most
     */
    public Tensor of(Tensor drawn, Tensor weight, int outputAxis) {
        if (weight.dim() <= 1) {
            return drawn.zero_();
        }
        return switch (this) {
            case NONE -> drawn;
            case FILTER -> drawn.mul(lengths(weight, outputAxis).div(Ops.add(lengths(drawn, outputAxis), EPS)));
            case LAYER -> drawn.mul(weight.norm().div(drawn.norm()));
            case WEIGHT -> drawn.mul(weight);
            case UNIT_FILTER -> drawn.div(Ops.add(lengths(drawn, outputAxis), EPS));
            case UNIT_LAYER -> drawn.div(drawn.norm());
        };
    }

    /** The length of every filter, shaped so that it multiplies a tensor of the parameter's shape. */
    private static Tensor lengths(Tensor t, int outputAxis) {
        long[] shape = new long[(int) t.dim()];
        Arrays.fill(shape, 1);
        shape[outputAxis] = t.size(outputAxis);
        return Ops.sumPerSample(Ops.square(t.transpose(0, outputAxis))).sqrt().view(shape);
    }
}
