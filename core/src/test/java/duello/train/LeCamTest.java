package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.method.Method;
import duello.method.Player;
import duello.method.regularize.LeCam;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** LeCam in training: what its averages are of, and from when on it takes part. */
class LeCamTest {
    @Test
    void leCamStartsFromTheFirstBatchAndPenalisesLater() {
        List<double[]> real = new ArrayList<>();
        List<double[]> fake = new ArrayList<>();
        Method watch = Watch.afterBackward((s, loss) -> {
            if (s.player() == Player.DISCRIMINATOR) {
                real.add(Ops.toDoubles(s.onReal().score()));
                fake.add(Ops.toDoubles(s.onFake().score()));
            }
        });
        try (Trainer trainer = quick().with(new LeCam(0.3, 0, 0.9), watch).trainer()) {
            trainer.iterate();
            double averageReal = mean(real.get(0));
            double averageFake = mean(fake.get(0));
            assertThat(trainer.losses().get("lecam.real")).isCloseTo(averageReal, near(averageReal));
            assertThat(trainer.losses()).doesNotContainKey("discriminator.lecam");
            double sum = 0;
            for (int i = 1; i < 4; i++) {
                trainer.iterate();
                averageReal = 0.9 * averageReal + 0.1 * mean(real.get(i));
                averageFake = 0.9 * averageFake + 0.1 * mean(fake.get(i));
                double expected =
                        squaredExcess(real.get(i), 1, averageFake) + squaredExcess(fake.get(i), -1, -averageReal);
                assertThat(trainer.losses().get("lecam.real")).isCloseTo(averageReal, near(averageReal));
                assertThat(trainer.losses().get("lecam.fake")).isCloseTo(averageFake, near(averageFake));
                assertThat(trainer.losses().get("discriminator.lecam")).isCloseTo(expected, near(expected));
                sum += expected;
            }
            assertThat(sum).isGreaterThan(1e-5);
        }
    }

    private static Offset<Double> near(double value) {
        return within(1e-5 * (1 + Math.abs(value)));
    }

    /** The same with a discriminator that tells reals from fakes after few updates. */
    private static Tiny quick() {
        OptimizerSettings generator = Tiny.once().train().generator();
        return Tiny.once().with(generator, new AdamSettings(0.004, 0.5, 0.999, 1e-6, 0));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double squaredExcess(double[] scores, double sign, double over) {
        return Arrays.stream(scores)
                .map(s -> Math.max(0, sign * s - over))
                .map(d -> d * d)
                .average()
                .orElseThrow();
    }
}
