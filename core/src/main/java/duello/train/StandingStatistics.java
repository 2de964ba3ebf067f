package duello.train;

import duello.model.Generator;
import duello.model.Latent;
import duello.torch.BatchNorm2d;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import org.bytedeco.pytorch.Device;

/**
 * Standing statistics: batch normalisation's running averages forgotten and taken anew, by its ordinary update (momentum
 * 0.1, not a cumulative mean), from passes of random sizes over fresh latents and uniform labels. The latents are neither
 * truncated nor moved by latent steps. They do not depend on any seed: one generator has one set of them.
 */
final class StandingStatistics {
    private static final Forward TAKING = Forward.training(Forward.Moves.STATISTICS);

    private StandingStatistics() {}

    static void take(Generator generator, int classes, Device device, SamplingSettings.Standing settings) {
        BatchNorm2d.forget(generator.module());
        for (int pass = 0; pass < settings.passes(); pass++) {
            Draws draws = new SeededDraws(Seeds.derive(0, "sample.standing", pass), device);
            try (Scope scope = Scope.open()) {
                long size = 1 + draws.ints(settings.batch(), 1).item_long();
                Latent latent = new Latent(generator.space().draw(draws, size), draws.ints(classes, size));
                Scope.withoutGrad(() -> generator.images(latent, TAKING));
            }
        }
    }
}
