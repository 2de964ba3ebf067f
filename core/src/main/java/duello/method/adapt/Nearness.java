package duello.method.adapt;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** How well latents spread over their prior, as BSA measures it. */
final class Nearness {
    private Nearness() {}

    /**
     * {@code mean_t min_z |z - t|^2 + mean_z min_t |z - t|^2}.
     *
     * @param z latents, {@code [k, d]}
     * @param t draws of the prior, {@code [n, d]}
     */
    static Tensor bothWays(Tensor z, Tensor t) {
        Tensor squared = Ops.sum(Ops.square(z.unsqueeze(1).sub(t.unsqueeze(0))), false, 2);
        return squared.amin(new long[] {0}, false)
                .mean()
                .add(squared.amin(new long[] {1}, false).mean());
    }
}
