package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.method.Loss;
import duello.method.Player;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.method.latent.Langevin;
import duello.method.latent.Logan;
import duello.method.regularize.LatentConsistency;
import duello.model.Activation;
import duello.model.BigResNet;
import duello.model.Codes;
import duello.model.Latent;
import duello.model.NetworkSettings;
import duello.model.Prior;
import duello.torch.Devices;
import duello.torch.Init;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.States;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** What methods that move latents do in a run, beyond their formulas. */
class LatentStepsTest {
    private static final Logan LOGAN = new Logan(0.9, 0.1, 0.8, 0.1);

    /** Takes the cost's and the generated images' gradient while the graph is there. */
    private record Probe(Logan logan, Map<Player, Double> costs, Map<Player, Double> images) implements Term {
        Probe(Logan logan) {
            this(logan, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        @Override
        public void discriminator(Step s, Loss loss) {
            look(s);
        }

        @Override
        public void generator(Step s, Loss loss) {
            look(s);
        }

        private void look(Step s) {
            Table table = s.table();
            List<Tensor> own = List.copyOf((s.player() == Player.GENERATOR ? table.generator() : table.discriminator())
                    .module()
                    .parameters()
                    .values());
            Tensor cost = States.required(s.latent().extra(), logan.cost());
            costs.put(s.player(), size(Ops.grads(cost.mean(), own, false)));
            images.put(s.player(), size(Ops.grads(s.fake().mean(), own, false)));
            double[] z = Ops.toDoubles(s.latent().z());
            assertThat(Arrays.stream(z).map(Math::abs).max().orElseThrow()).isLessThanOrEqualTo(1);
        }

        private static double size(List<Tensor> gradients) {
            return gradients.stream()
                    .filter(Tensor::defined)
                    .mapToDouble(g -> g.abs().sum().item_double())
                    .sum();
        }
    }

    @Test
    void theStepOfLatentsTeachesBothPlayers() {
        Probe probe = new Probe(LOGAN);
        Tiny tiny = Tiny.plain().with(Tiny.settings(0, 1, new Turns(1, 1, true)));
        try (Trainer trainer = tiny.with(LOGAN, probe).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses().get("discriminator.logan")).isPositive();
            assertThat(trainer.losses().get("generator.logan")).isPositive();
        }
        assertThat(probe.costs())
                .hasSize(2)
                .allSatisfy((player, gradient) -> assertThat(gradient)
                        .as("gradient of the cost to the " + player.key())
                        .isPositive());
        assertThat(probe.images())
                .hasSize(2)
                .allSatisfy((player, gradient) -> assertThat(gradient)
                        .as("gradient of generated images to the " + player.key())
                        .isPositive());
    }

    @Test
    void twoStepsKeepTheirCostsApart() {
        Logan other = new Logan(0.5, 0.1, 0.8, 0.1);
        List<Double> sums = new ArrayList<>();
        Term costs = new Term() {
            @Override
            public void generator(Step s, Loss loss) {
                assertThat(s.latent().extra()).hasSize(2);
                sums.add(
                        States.required(s.latent().extra(), LOGAN.cost()).mean().item_double()
                                + States.required(s.latent().extra(), other.cost())
                                        .mean()
                                        .item_double());
            }
        };
        Tiny tiny = Tiny.plain().with(Tiny.settings(0, 1, new Turns(1, 1, true)));
        try (Trainer trainer = tiny.with(LOGAN, other, costs).trainer()) {
            trainer.iterate();
            assertThat(trainer.losses().get("generator.logan")).isCloseTo(sums.get(0), within(1e-4));
        }
    }

    @Test
    void codesStayAsTheyAre() {
        Codes codes = new Codes(1, 3, 2, Codes.Injection.CONCAT);
        BigResNet coded = new BigResNet(narrow(), narrow(), 6, 5, Prior.UNIFORM, true, codes);
        List<Long> columns = new ArrayList<>();
        Term watch = new Term() {
            @Override
            public void generator(Step s, Loss loss) {
                Tensor z = s.latent().z();
                Tensor drawn = s.latent("main", z.size(0)).z();
                double[] moves = Ops.toDoubles(Ops.sum(z.sub(drawn).abs(), false, 0));
                assertThat(Arrays.copyOfRange(moves, 6, 11)).containsOnly(0);
                assertThat(Arrays.stream(moves, 0, 6).sum()).isPositive();
                columns.add(z.size(1));
            }
        };
        Tiny tiny =
                Tiny.plain().with(Tiny.settings(0, 1, new Turns(1, 1, true))).with(coded);
        try (Trainer trainer =
                tiny.with(LOGAN, new LatentConsistency(0.05, 20, 0.5), watch).trainer()) {
            trainer.iterate();
        }
        assertThat(columns).containsExactly(11L);
    }

    private static NetworkSettings narrow() {
        return new NetworkSettings(4, true, List.of(), Activation.RELU, Init.Rule.ORTHO);
    }

    @Test
    void samplingStepsLeaveTrainingAlone() {
        Langevin langevin = new Langevin(3, 0.01, 0.01, 1, 1);
        try (Trainer with = Tiny.plain().with(langevin).trainer();
                Trainer without = Tiny.plain().trainer()) {
            with.iterate();
            without.iterate();
            assertThat(TrainingBits.of(with)).isEqualTo(TrainingBits.of(without));
        }
    }

    @Test
    void langevinNeedsTheGaussianPrior() {
        BigResNet uniform = new BigResNet(narrow(), narrow(), 6, 5, Prior.UNIFORM, true, null);
        Tiny tiny = Tiny.plain().with(uniform).with(new Langevin(3, 0.01, 0.01, 1, 1));
        assertThatThrownBy(tiny::trainer).isInstanceOf(Failure.class).hasMessageContaining("gaussian prior");
    }

    @Test
    void langevinStepsAndNoiseDecayTogether() {
        try (Scope scope = Scope.open()) {
            // Score 0, so that only the prior pulls: z <- z (1 - rate / 2) + c sqrt(rate variance) n.
            Langevin settings = new Langevin(3, 0.4, 0.25, 0.5, 2);
            Latent start = new Latent(Ops.tensor(new float[] {1, -2}, 1, 2), Ops.range(1, Devices.CPU));
            SeededDraws draws = new SeededDraws(7, Devices.CPU);
            float[] ours = Scope.noGrad(() ->
                    Ops.toFloats(settings.refine(l -> Ops.mul(Ops.sumPerSample(l.z()), 0), start, draws)
                            .z()));
            SeededDraws same = new SeededDraws(7, Devices.CPU);
            double[] n = Ops.toDoubles(Ops.cat(0, same.normal(1, 2), same.normal(1, 2), same.normal(1, 2)));
            for (int i = 0; i < 2; i++) {
                double z = i == 0 ? 1 : -2;
                z = z * 0.8 + 0.5 * Math.sqrt(0.4) * n[i];
                z = z * 0.8 + 0.5 * Math.sqrt(0.4) * n[2 + i];
                z = z * 0.9 + 0.25 * Math.sqrt(0.2) * n[4 + i];
                assertThat((double) ours[i]).isCloseTo(z, within(1e-5));
            }
            assertThat(Ops.toFloats(start.z())).containsExactly(1, -2);
        }
    }
}
