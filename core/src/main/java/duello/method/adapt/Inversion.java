package duello.method.adapt;

import duello.catalog.ProgressListener;
import duello.method.Table;
import duello.model.Code;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Adam;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Finds what the source must read to make the training images: Adam on all images' codes at once, from a code of the prior for
 * each, downhill on {@code mean (G(w) - x)^2 + features * mean_l mean (D_l(G(w)) - D_l(x))^2}, D_l the maps of the
 * discriminator that the run starts with. Running statistics, stored noise.
 *
 * @param features weight of the discriminator's maps
 */
record Inversion(long steps, double rate, double features) {
    /** Room for the codes of {@code count} images, which no scope owns. */
    static Tensor places(Generator generator, long count, Device device) {
        return Scope.kept(() -> Scope.noGrad(() -> {
            Tensor z = Ops.zeros(device, count, generator.space().size());
            Tensor labels = Ops.tensor(new long[(int) count], count).to(device, ScalarType.Long);
            return Ops.mul(
                    generator.map(new Latent(z, labels), Forward.EVALUATION).w(), 0);
        }));
    }

    /** The codes, {@code [k, d]} or {@code [k, n, d]}, in the caller's scope. */
    Tensor of(Table table, Draws draws, ProgressListener progress) {
        Shots shots = Shots.of(table);
        Generator source = table.source();
        long count = shots.images().size(0);
        Tensor start = Scope.noGrad(() -> source.map(
                        new Latent(source.space().draw(draws, count), shots.labels()), Forward.EVALUATION)
                .w());
        Tensor w = Ops.cloneOf(start.detach()).requires_grad_(true);
        table.discriminator().module().requiresGrad(false);
        Adam adam = new Adam(Map.of("codes", w), new Adam.Settings(rate, 0.9, 0.999, 1e-8, 0));
        Features wanted = Scope.noGrad(() -> table.discriminator().observed(shots.images(), Forward.EVALUATION));
        for (long i = 0; i < steps; i++) {
            try (Scope scope = Scope.open()) {
                if (w.grad().defined()) {
                    w.mutable_grad().reset();
                }
                Tensor images = source.draw(new Code(w, shots.labels()), Forward.EVALUATION);
                Ops.backward(distance(images, shots.images(), wanted, table.discriminator()));
                adam.step();
            }
            progress.progress("looking for the pictures' codes", i + 1, steps);
        }
        return w.detach();
    }

    private Tensor distance(Tensor images, Tensor shots, Features wanted, Discriminator discriminator) {
        Tensor pixels = torch.mse_loss(images, shots);
        if (features == 0 || wanted.maps().isEmpty()) {
            return pixels;
        }
        Features seen = discriminator.observed(images, Forward.EVALUATION);
        Tensor sum = wanted.maps().entrySet().stream()
                .map(e -> torch.mse_loss(seen.map(e.getKey()), e.getValue()))
                .reduce(Tensor::add)
                .orElseThrow();
        return pixels.add(Ops.mul(sum, features / wanted.maps().size()));
    }
}
