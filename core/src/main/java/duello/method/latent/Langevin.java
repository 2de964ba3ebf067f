package duello.method.latent;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.LatentStep;
import duello.method.Method;
import duello.method.Table;
import duello.model.Latent;
import duello.model.Prior;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Discriminator-driven latent sampling, algorithm 1 of the paper: Langevin dynamics on the energy {@code E(z) = -log N(z;
 * 0, I) - score(G(z))}, that is {@code z <- z - rate / 2 dE/dz + c sqrt(rate noise_variance) n} with n standard normal.
 * After every {@code decay_every} steps, rate and c are multiplied by {@code decay}. Training is as if it were not there.
 */
@Doc("DDLS: samples follow the discriminator's score in latent space; needs the gaussian prior")
@Paper(
        "Che et al., Your GAN is Secretly an Energy-based Model and You Should Use Discriminator Driven Latent Sampling, "
                + "NeurIPS 2020, arXiv 2003.06060")
public record Langevin(
        @Doc("Steps of every latent, each a pass of both networks and back") @Default("100") @Range(min = 1, max = 1e6)
        int steps,

        @Doc("Size of a step") @Default("0.01") @Range(min = 0, above = true)
        double rate,

        @Doc("Variance of the noise, before it is multiplied by the rate") @Default("0.01") @Range(min = 0)
        double noiseVariance,

        @Doc("What rate and noise are multiplied by from time to time; 1 for never")
        @Default("1")
        @Range(min = 0, above = true, max = 1)
        double decay,

        @Doc("After how many steps") @Default("100") @Range(min = 1, max = 1e6)
        int decayEvery)
        implements LatentStep {
    /** @throws Failure if the generator's latents are not drawn from the gaussian prior */
    @Override
    public Method build(Table table) {
        if (table.generator().space().prior() != Prior.GAUSSIAN) {
            throw new Failure("langevin needs latents from the gaussian prior, since its energy is a gaussian's; "
                    + "leave it out or use a model with prior: gaussian");
        }
        return this;
    }

    @Override
    public Latent refine(Critic critic, Latent latent, Draws draws) {
        Tensor z = Ops.cloneOf(latent.z().detach());
        double size = rate;
        double noise = Math.sqrt(noiseVariance);
        for (int i = 0; i < steps; i++) {
            try (Scope step = Scope.open()) {
                Tensor away = Ops.mul(draws.normal(Ops.shape(z)), Math.sqrt(size) * noise);
                Tensor back = Ops.mul(gradient(critic, latent, z), -0.5 * size);
                Scope.withoutGrad(() -> z.add_(back).add_(away));
            }
            if ((i + 1) % decayEvery == 0) {
                size *= decay;
                noise *= decay;
            }
        }
        return latent.moved(z);
    }

    private static Tensor gradient(Critic critic, Latent latent, Tensor z) {
        return Scope.withGrad(() -> {
            Tensor at = z.detach().requires_grad_(true);
            return Ops.grad(energy(at, critic.score(latent.moved(at))), at, false);
        });
    }

    /** The energy of latents {@code [B, d]} with scores {@code [B]}: {@code [B]}. */
    public static Tensor energy(Tensor z, Tensor score) {
        double constant = 0.5 * z.size(1) * Math.log(2 * Math.PI);
        return Ops.add(Ops.mul(Ops.sumPerSample(Ops.square(z)), 0.5), constant).sub(score);
    }

    @Override
    public Set<Use> uses() {
        return Set.of(Use.SAMPLING);
    }
}
