package duello.metric;

import duello.catalog.Failure;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;

/**
 * Improved precision and recall (Kynkäänniemi et al., NeurIPS 2019) and density and coverage (Naeem et al., <i>Reliable
 * Fidelity and Diversity Metrics for Generative Models</i>, ICML 2020), from balls around each row that reach to its
 * k-th nearest other row of the same set.
 *
 * @param precision share of generated rows inside some real ball
 * @param recall share of real rows inside some generated ball
 * @param density mean number of real balls around a generated row, over k; can exceed 1
 * @param coverage share of real balls that hold a generated row
 */
public record Prdc(double precision, double recall, double density, double coverage) {
    /** Whether a row on a ball's surface is inside; it matters only where rows repeat. */
    public enum Surface {
        /** Outside: {@code <}, as PRDC and PyTorch-StudioGAN. */
        OUTSIDE,
        /** Inside: {@code <=}, as torch-fidelity and NVIDIA. */
        INSIDE;

        private Tensor holds(Tensor squaredRadii, Tensor squaredDistances) {
            return this == OUTSIDE ? squaredDistances.lt(squaredRadii) : squaredDistances.le(squaredRadii);
        }
    }

    /**
     * Of features {@code [n, d]} and {@code [m, d]}, in tiles: memory does not grow with n times m.
     *
     * @param k at least 1; 5 in PRDC, 3 in the paper of precision and recall
     * @throws Failure if a set has no more than k rows
     */
    public static Prdc of(Tensor real, Tensor fake, int k, Surface surface) {
        Blocks.check("precision and recall with k = " + k, real, fake, k + 1L);
        try (Scope scope = Scope.open()) {
            Tensor realRadii = scope.attach(Neighbours.squaredRadii(real, k));
            Tensor fakeRadii = scope.attach(Neighbours.squaredRadii(fake, k));
            Tensor ballsAroundFake = Blocks.zeros(fake.size(0));
            Tensor ballsAroundReal = Blocks.zeros(real.size(0));
            Tensor fakesInBall = Blocks.zeros(real.size(0));
            Neighbours.forEachTile(real, fake, (squared, top, left) -> {
                long bottom = top + squared.size(0);
                long right = left + squared.size(1);
                Tensor inReal = surface.holds(Ops.rows(realRadii, top, bottom).unsqueeze(1), squared);
                Tensor inFake = surface.holds(Ops.rows(fakeRadii, left, right), squared);
                Ops.rows(ballsAroundFake, left, right).add_(Ops.sum(inReal, false, 0));
                Ops.rows(fakesInBall, top, bottom).add_(Ops.sum(inReal, false, 1));
                Ops.rows(ballsAroundReal, top, bottom).add_(Ops.sum(inFake, false, 1));
            });
            return new Prdc(
                    shareAboveZero(ballsAroundFake),
                    shareAboveZero(ballsAroundReal),
                    ballsAroundFake.mean().item_double() / k,
                    shareAboveZero(fakesInBall));
        }
    }

    private static double shareAboveZero(Tensor counts) {
        return counts.gt(Ops.scalar(0)).sum().item_double() / counts.size(0);
    }
}
