package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.method.Hook;
import duello.method.Loss;
import duello.method.Player;
import duello.method.Step;
import duello.method.regularize.R1;
import duello.model.Activation;
import duello.model.BigResNet;
import duello.model.NetworkSettings;
import duello.model.Prior;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** R1 every n-th update: as many times as strong, beside the others or in an update of its own. */
class LazyR1Test {
    private static final double RATE = 0.001;
    private static final int EVERY = 2;
    private static final double WEIGHT = 0.05;

    private record WeightsByUpdate(List<String> seen) implements Hook {
        @Override
        public void afterBackward(Step s, Loss loss) {
            if (s.player() == Player.DISCRIMINATOR) {
                seen.add(String.valueOf(loss.parts().stream()
                        .filter(p -> p.name().equals("r1"))
                        .mapToDouble(Loss.Part::weight)
                        .sum()));
            }
        }
    }

    @Test
    void everyThirdUpdateItIsThreeTimesAsStrong() {
        List<String> seen = new ArrayList<>();
        Tiny tiny = Tiny.plain().with(Tiny.settings(0, 1, new Turns(2, 1, true)));
        try (Trainer trainer = tiny.with(new R1(2, 3, R1.Where.SIDE), new WeightsByUpdate(seen))
                .trainer()) {
            for (int i = 0; i < 4; i++) {
                trainer.iterate();
            }
        }
        assertThat(seen).containsExactly("6.0", "0.0", "0.0", "6.0", "0.0", "0.0", "6.0", "0.0");
    }

    @Test
    void anUpdateOfItsOwnIsASecondStepOfTheOptimiserOnTheSameImages() {
        ByHand byHand = new ByHand();
        try (Trainer trainer =
                tiny().with(new R1(WEIGHT, EVERY, R1.Where.OWN), byHand).trainer()) {
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            List<float[]> weights = new ArrayList<>();
            trainer.table().discriminator().module().parameters().values().forEach(p -> weights.add(Ops.toFloats(p)));
            assertThat(byHand.own)
                    .as("the last seen comes first")
                    .containsExactly(byHand.main.get(1), byHand.main.get(0));
            double moved = 0;
            for (int i = 0; i < weights.size(); i++) {
                assertThat(weights.get(i)).containsExactly(byHand.expected.get(i), within(2e-6f));
                moved += distance(byHand.before.get(i), byHand.expected.get(i));
            }
            assertThat(moved).isGreaterThan(0.01);

            byHand.own.clear();
            trainer.turn(Player.DISCRIMINATOR).play(1, 0);
            assertThat(byHand.own).as("not in the second update").isEmpty();
        }
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs(one[i] - other[i]);
        }
        return sum;
    }

    /** Gradient descent on networks without spectral normalisation, so that a pass more changes nothing. */
    private static Tiny tiny() {
        NetworkSettings g = new NetworkSettings(4, true, List.of(), Activation.RELU, Init.Rule.ORTHO);
        NetworkSettings d = new NetworkSettings(4, false, List.of(), Activation.RELU, Init.Rule.ORTHO);
        SgdSettings sgd = new SgdSettings(RATE, 0, false, 0);
        return Tiny.plain()
                .with(new BigResNet(g, d, 6, 5, Prior.GAUSSIAN, true, null))
                .with(Tiny.settings(0, 2, new Turns(1, 1, true)))
                .with(sgd, sgd);
    }

    /** Adds up the penalty's gradients anew while the own pass runs, and takes the step. */
    private static final class ByHand implements Hook {
        private final List<List<Long>> main = new ArrayList<>();
        private final List<List<Long>> own = new ArrayList<>();
        private final List<float[]> before = new ArrayList<>();
        private final List<float[]> expected = new ArrayList<>();

        @Override
        public void afterBackward(Step s, Loss loss) {
            List<Long> ids = Arrays.stream(Ops.toLongs(s.ids())).boxed().toList();
            (s.repeated() ? own : main).add(ids);
            if (s.repeated()) {
                assertThat(loss.parts()).extracting(Loss.Part::name).containsExactly("r1");
                descend(s);
            }
        }

        private void descend(Step s) {
            List<Tensor> parameters =
                    List.copyOf(s.table().discriminator().module().parameters().values());
            if (before.isEmpty()) {
                parameters.forEach(p -> before.add(Ops.toFloats(p)));
                parameters.forEach(p -> expected.add(Ops.toFloats(p)));
            }
            Tensor x = s.real().detach().requires_grad_(true);
            Tensor slope = Ops.grad(s.table().score(x, s.labels(), Forward.TRACELESS), x, true);
            Tensor penalty = slope.square().sum().mul(Ops.scalar(0.5 / x.size(0)));
            List<Tensor> gradients = Ops.grads(penalty, parameters, false);
            for (int i = 0; i < gradients.size(); i++) {
                if (gradients.get(i).defined()) {
                    // Two micro batches of one update, and twice as strong every second update.
                    float[] values = Ops.toFloats(gradients.get(i));
                    for (int j = 0; j < values.length; j++) {
                        expected.get(i)[j] -= (float) (RATE * WEIGHT * EVERY / 2 * values[j]);
                    }
                }
            }
        }
    }

    @Test
    void theMainViewsGradientCostsNoFurtherPass() {
        List<Integer> passes = new ArrayList<>();
        Hook counter = new Hook() {
            @Override
            public void afterBackward(Step s, Loss loss) {
                passes.add(s.judged().size());
            }
        };
        try (Trainer trainer = Tiny.plain().with(new R1(1), counter).trainer()) {
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
        }
        assertThat(passes).containsExactly(2, 2);
    }
}
