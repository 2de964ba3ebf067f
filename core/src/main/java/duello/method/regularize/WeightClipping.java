package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Hook;
import duello.method.Method;
import duello.method.Player;
import duello.method.Table;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Collection;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Weight clipping, algorithm 1 of the paper: after each of the discriminator's updates every parameter that it moved,
 * biases and normalisation too, is brought back into {@code [-bound, bound]}.
 */
@Doc("WGAN's weight clipping: no weight of the discriminator leaves a small interval")
@Paper("Arjovsky et al., Wasserstein GAN, ICML 2017, arXiv 1701.07875")
public record WeightClipping(
        @Doc("The largest absolute value of a weight") @Default("0.01") @Range(min = 0, above = true)
        double bound) implements Method {
    @Override
    public Method build(Table table) {
        return new Clipper(table, bound);
    }

    /** Clamps tensors to {@code [-bound, bound]}, in place. */
    public static void clip(Collection<Tensor> weights, double bound) {
        try (Scope scope = Scope.open()) {
            Scalar high = Ops.scalar(bound);
            Scalar low = Ops.scalar(-bound);
            Scope.withoutGrad(() -> weights.forEach(w -> w.clamp_(new ScalarOptional(low), new ScalarOptional(high))));
        }
    }

    private record Clipper(Table table, double bound) implements Hook {
        @Override
        public void afterUpdate(Player player, long step) {
            if (player == Player.DISCRIMINATOR) {
                // Frozen parameters and heads that the generator moves ask for no gradient in this turn: they stay.
                clip(
                        table.discriminator().module().parameters().values().stream()
                                .filter(Tensor::requires_grad)
                                .toList(),
                        bound);
            }
        }
    }
}
