package duello.method.latent;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.LatentStep;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Step;
import duello.method.Term;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Latent optimisation by natural gradient, equations 11 to 13 of the paper: with {@code g = d sum score(G(z)) / d z} every
 * latent moves by {@code dz = alpha g / (beta + |g|^2)} with probability {@code rate}, and all are cut to [-1, 1]. Both
 * players pay {@code weight * mean |dz|^2}, moved or not. One step is made; the fakes are not detached from it, so in the
 * discriminator's turn its parameters learn through the step as well. Made for the uniform prior, which the cut fits.
 */
@Doc("LOGAN: one step of latents towards higher scores before they are used, in training and in sampling")
@Paper("Wu et al., LOGAN: Latent Optimisation for Generative Adversarial Networks, 2019, arXiv 1912.00953")
public record Logan(
        @Doc("Length of the step") @Default("0.9") @Range(min = 0)
        double alpha,

        @Doc("Damping of the step") @Default("0.1") @Range(min = 0, above = true)
        double beta,

        @Doc("Share of latents that move") @Default("0.8") @Range(min = 0, max = 1)
        double rate,

        @Doc("Weight of the transport cost in both players' losses") @Default("0.1") @Range(min = 0)
        double weight)
        implements LatentStep, Term {
    @Override
    public Latent refine(Critic critic, Latent latent, Draws draws) {
        return Scope.withGrad(() -> {
            Tensor z = latent.z().requires_grad()
                    ? latent.z()
                    : latent.z().detach().requires_grad_(true);
            Tensor gradient = Ops.grad(critic.score(latent.moved(z)), z, true);
            Tensor squared = Ops.sum(Ops.square(gradient), true, 1);
            Tensor move = Ops.mul(gradient, alpha).div(Ops.add(squared, beta));
            Tensor moves = draws.uniform(z.size(0), 1).gt(new Scalar(1 - rate)).to(z.scalar_type());
            Tensor cut =
                    z.add(move.mul(moves)).clamp(new ScalarOptional(Ops.scalar(-1)), new ScalarOptional(Ops.scalar(1)));
            return latent.moved(cut).with(cost(), Ops.sumPerSample(Ops.square(move)));
        });
    }

    @Override
    public Set<Use> uses() {
        return Set.of(Use.TRAINING, Use.SAMPLING);
    }

    @Override
    public void discriminator(Step s, Loss loss) {
        pay(s, loss);
    }

    @Override
    public void generator(Step s, Loss loss) {
        pay(s, loss);
    }

    private void pay(Step s, Loss loss) {
        Tensor costs = s.latent().extra().get(cost());
        if (costs == null) {
            throw new IllegalStateException("the latents have not passed this step");
        }
        loss.add("logan", weight, costs.mean());
    }

    /** What a latent carries the transport cost {@code |dz|^2}, {@code [B]}, under: the settings tell two apart. */
    public String cost() {
        return "cost of " + this;
    }

    @Override
    public @Nullable String conflict(Method other) {
        return other instanceof Langevin ? "both move the latents of samples, each as if they were the prior's" : null;
    }
}
