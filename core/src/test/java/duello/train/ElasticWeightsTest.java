package duello.train;

import static duello.train.Adapting.distance;
import static duello.train.Adapting.read;
import static duello.train.Adapting.source;
import static duello.train.Adapting.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import duello.catalog.ProgressListener;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** EWC in training. */
class ElasticWeightsTest {
    @Test
    void elasticWeightsArePulledBackToTheSource() {
        try (Trainer free = tiny().from(source()).trainer();
                Trainer held = tiny(read("{type: ewc, weight: 1e4, normalise: true, samples: 20}"))
                        .from(source())
                        .trainer()) {
            for (int i = 0; i < 6; i++) {
                free.iterate();
                held.iterate();
            }
            assertThat(distance(held)).isPositive().isLessThan(distance(free));
            assertThat(held.losses().get("generator.ewc")).isPositive();
        }
    }

    /** What the information is when it was estimated at once, or at the second try. */
    private static byte[] information(boolean interrupted) {
        try (Trainer trainer =
                tiny(read("{type: ewc, samples: 5}")).from(source()).trainer()) {
            if (interrupted) {
                assertThatThrownBy(() -> trainer.begin((stage, done, total) -> {
                            assertThat(total).isEqualTo(5);
                            if (done == 3) {
                                throw new IllegalStateException("enough");
                            }
                        }))
                        .hasMessage("enough");
            }
            trainer.begin(ProgressListener.NONE);
            trainer.begin((stage, done, total) -> fail("it has begun already"));
            return TrainingBits.of(trainer.roles().state());
        }
    }

    @Test
    void anEstimateThatWasCutShortIsMadeAnew() {
        assertThat(information(true)).isEqualTo(information(false));
    }

    @Test
    void theInformationIsOfTheSourcesParametersAndStaysAsItWasEstimated() {
        try (Trainer trainer =
                tiny(read("{type: ewc, samples: 5}")).from(source()).trainer()) {
            trainer.iterate();
            Map<String, Tensor> fisher = trainer.roles().state();
            assertThat(fisher.values().stream()
                            .mapToDouble(f -> f.sum().item_double())
                            .sum())
                    .isPositive();
            byte[] before = TrainingBits.of(fisher);
            trainer.iterate();
            assertThat(TrainingBits.of(fisher)).isEqualTo(before);
        }
    }
}
