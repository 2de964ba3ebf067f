package duello.method.adapt;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.ProgressListener;
import duello.catalog.Range;
import duello.method.Freeze;
import duello.method.Learner;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.method.Wrap;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Adaptation of batch statistics, which is not adversarial: every training image has a latent of its own, and those latents
 * and a scale and a shift for every channel of the generator's maps are all that moves.
 *
 * <pre>
 *   mean|G(z_i) - x_i| + features * mean_l mean|D_l(G(z_i)) - D_l(x_i)| + spread * (the latents' distance from the prior)
 *       + scales * sum_m (mean_c (gamma_mc - 1)^2 + mean_c beta_mc^2)
 * </pre>
 *
 * The authors compare features of VGG16; here they are the maps {@code D_l} of the discriminator that the run starts with, which
 * does not learn. The scales stand behind every named map {@code m}, channel by channel {@code c}, for style networks have no
 * batch normalisation whose own could be trained. Images must not be flipped: {@code train.flip=false}.
 */
@Doc("BSA: only scales and shifts of the generator's maps are trained, with a latent for each image and no adversary")
@Paper("Noguchi and Harada, Image Generation from Small Datasets via Batch Statistics Adaptation, ICCV 2019, "
        + "arXiv 1904.01774")
public record BatchStatistics(
        @Doc(
                "Weight of the discriminator's maps in the distance of images; the authors' 0.001 is for sums over ten layers of VGG16 that reads values up to 255")
        @Default("1")
        @Range(min = 0)
        double features,

        @Doc("Weight of the latents' distance from the prior") @Default("0.1") @Range(min = 0)
        double spread,

        @Doc("Weight of the scales' distance from 1 and the shifts' from 0") @Default("0.02") @Range(min = 0)
        double scales,

        @Doc("Deviation of what is added to latents") @Default("0.01") @Range(min = 0)
        double noise,

        @Doc("Draws of the prior for each latent") @Default("10") @Range(min = 1, max = 10000)
        int draws)
        implements Wrap {
    private static final String NAME = "bsa";

    @Override
    public Generator wrap(Generator inner, long seed, Device device) {
        return new ScaledGenerator(inner, device);
    }

    @Override
    public boolean replacesAdversarial() {
        return true;
    }

    @Override
    public boolean idles(Player player) {
        return player == Player.DISCRIMINATOR;
    }

    @Override
    public Method build(Table table) {
        long size = table.generator().space().size();
        Tensor latents = Ops.zeros(table.device(), Shots.count(table), size);
        List<String> layers = features == 0
                ? List.of()
                : LayerChoice.of(List.of(), table.discriminator().layers());
        return new Played(this, Scope.keep(latents), layers);
    }

    private record Played(BatchStatistics settings, Tensor latents, List<String> layers)
            implements Term, Learner, Freeze {
        @Override
        public void begin(Table table, Draws draws, ProgressListener progress) {
            Tensor drawn = table.generator().space().draw(draws, latents.size(0));
            Scope.withoutGrad(() -> latents.copy_(drawn));
        }

        @Override
        public boolean replacesAdversarial() {
            return true;
        }

        @Override
        public boolean idles(Player player) {
            return settings.idles(player);
        }

        @Override
        public void generator(Step s, Loss loss) {
            Draws draws = s.draws(NAME);
            Tensor z = latents.index_select(0, s.ids());
            Tensor near = z.add(Ops.mul(draws.normal(Ops.shape(z)), settings.noise));
            Generator generator = s.table().generator();
            Tensor images = generator.images(new Latent(near, s.labels()), s.pass(Forward.TRAINING));
            loss.add(NAME, 1, images.sub(s.real()).abs().mean());
            if (!layers.isEmpty()) {
                loss.add(NAME + "_features", settings.features, features(s, images));
            }
            Tensor prior = generator.space().draw(draws, latents.size(0) * settings.draws);
            loss.add(NAME + "_spread", settings.spread, Nearness.bothWays(latents, prior));
            loss.add(NAME + "_scales", settings.scales, scales(generator));
        }

        private Tensor features(Step s, Tensor images) {
            SideMaps maps = new SideMaps(s);
            Map<String, Tensor> own = maps.still(images, layers);
            Map<String, Tensor> wanted = Scope.frozen(() -> maps.still(s.real(), layers));
            Tensor sum = own.entrySet().stream()
                    .map(e -> e.getValue()
                            .sub(SideMaps.required(wanted, e.getKey()))
                            .abs()
                            .mean())
                    .reduce(Tensor::add)
                    .orElseThrow();
            return Ops.mul(sum, 1.0 / own.size());
        }

        private static Tensor scales(Generator generator) {
            return generator.module().parameters().entrySet().stream()
                    .filter(e -> e.getKey().startsWith(ScaledGenerator.SCALES))
                    .map(e -> Ops.square(Ops.add(e.getValue(), e.getKey().endsWith("weight") ? -1.0 : 0.0))
                            .mean())
                    .reduce(Tensor::add)
                    .orElseThrow();
        }

        @Override
        public boolean frozen(Player owner, String parameter, long step) {
            return owner == Player.GENERATOR
                    && !parameter.startsWith(ScaledGenerator.SCALES)
                    && !parameter.startsWith(Learner.PREFIX);
        }

        @Override
        public Map<String, Tensor> parameters() {
            return Map.of("latents", latents);
        }
    }
}
