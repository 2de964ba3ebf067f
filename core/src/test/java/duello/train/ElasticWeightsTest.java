package duello.train;

import static duello.train.Adapting.distance;
import static duello.train.Adapting.read;
import static duello.train.Adapting.source;
import static duello.train.Adapting.tiny;
import static org.assertj.core.api.Assertions.assertThat;

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
