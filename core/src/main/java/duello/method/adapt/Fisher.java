package duello.method.adapt;

import duello.torch.Ops;
import duello.torch.Scope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The diagonal Fisher information of parameters, {@code F_i = mean over samples of (d log p / d theta_i)^2}, and EWC's penalty. */
final class Fisher {
    private Fisher() {}

    /** {@code -log sigmoid(score)} of one sample's score: its gradient's sign does not matter, it is squared. */
    static Tensor surprise(Tensor score) {
        return torch.softplus(score.neg()).sum();
    }

    /**
     * Adds one sample's share, {@code g^2 / count}. The square is taken of each sample's gradient and not of their mean.
     *
     * @param into by parameter, changed in place
     */
    static void add(List<Tensor> into, List<Tensor> parameters, Tensor surprise, long count) {
        List<Tensor> gradients = Ops.grads(surprise, parameters, false);
        Scope.withoutGrad(() -> {
            for (int i = 0; i < gradients.size(); i++) {
                if (gradients.get(i).defined()) {
                    into.get(i).add_(Ops.mul(Ops.square(gradients.get(i)), 1.0 / count));
                }
            }
        });
    }

    /** Divides by the mean over all parameters, so that a weight means the same for every network. */
    static void normalise(List<Tensor> fisher) {
        Scope.withoutGrad(() -> {
            long count = fisher.stream().mapToLong(Tensor::numel).sum();
            Tensor mean =
                    Ops.mul(fisher.stream().map(Tensor::sum).reduce(Tensor::add).orElseThrow(), 1.0 / count);
            fisher.forEach(f -> f.div_(mean));
        });
    }

    /** {@code sum_i F_i (theta_i - theta_source,i)^2}: a scalar. */
    static Tensor penalty(List<Tensor> fisher, List<Tensor> parameters, List<Tensor> source) {
        Tensor sum = null;
        for (int i = 0; i < fisher.size(); i++) {
            Tensor moved = parameters.get(i).sub(source.get(i));
            Tensor part = fisher.get(i).mul(Ops.square(moved)).sum();
            sum = sum == null ? part : sum.add(part);
        }
        if (sum == null) {
            throw new IllegalStateException("there are no parameters");
        }
        return sum;
    }
}
