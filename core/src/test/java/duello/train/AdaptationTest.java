package duello.train;

import static duello.train.Adapting.read;
import static duello.train.Adapting.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import duello.method.Method;
import duello.method.adversarial.Vanilla;
import duello.model.Backbone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods of adaptation beside each other, and on every family of networks. */
class AdaptationTest {
    @Test
    void theEntriesOfAPaperStandSideBySide() {
        Method[] all = {
            read("{type: relaxed_realism, every: 2}"),
            read("type: cdc"),
            read("type: dcl"),
            read("{type: ewc, samples: 2}"),
            read("type: self_correlation"),
            read("type: disturbance_correlation"),
            read("{type: latent_compression, steps: 2}"),
            read("{type: minegan, mining: 1}"),
            read("type: diffaugment")
        };
        try (Trainer trainer = tiny(all).trainer()) {
            for (int i = 0; i < 3; i++) {
                trainer.iterate();
            }
            assertThat(trainer.losses().values()).allMatch(Double::isFinite);
        }
    }

    static Stream<String> backbones() {
        return Stream.of("deep_conv", "resnet", "big_resnet_deep", "deshuffle_sngan", "deshuffle_dcgan");
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void everyFamilyCanBeAdapted(String type) {
        Backbone backbone = Tiny.read(
                Backbone.class,
                "type: " + type + "\nlatent: 8\ngenerator: {width: 4}\ndiscriminator: {width: 4, spectral_norm: true}");
        Tiny tiny = Tiny.plain()
                .with(backbone)
                .with(new Vanilla())
                .with(Tiny.settings(5, 1, new Turns(1, 1, true)))
                .with(
                        read("{type: relaxed_realism, every: 2, maps: 2}"),
                        read("type: cdc"),
                        read("type: dcl"),
                        read("type: self_correlation"),
                        read("type: disturbance_correlation"))
                .suited();
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
            trainer.iterate();
            assertThat(trainer.losses().values()).hasSizeGreaterThan(6).allMatch(Double::isFinite);
        }
    }
}
