package duello.train;

import static duello.train.Adapting.read;
import static duello.train.Adapting.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.method.Hook;
import duello.model.Backbone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all terms have in common that compare the generator with its source. */
class SourceTermsTest {
    /** Without spectral normalisation, whose vectors move from pass to pass, networks that are equal give equal maps. */
    private static final Backbone STILL = Tiny.read(
            Backbone.class,
            "{type: big_resnet, latent: 6, shared: 5, conditional: false, generator: {width: 4}, discriminator: {width: 4}}");

    static Stream<String> generatorTerms() {
        return Stream.of("cdc", "dcl", "self_correlation", "disturbance_correlation");
    }

    @ParameterizedTest
    @MethodSource("generatorTerms")
    void theSourceGetsNoGradientAndDoesNotMove(String name) {
        try (Trainer trainer = tiny(read("type: " + name)).trainer()) {
            byte[] before = TrainingBits.of(trainer.table().source().module());
            trainer.iterate();
            assertThat(TrainingBits.of(trainer.table().source().module())).isEqualTo(before);
            assertThat(trainer.table().source().module().parameters().values())
                    .noneMatch(p -> p.grad().defined() || p.requires_grad());
            assertThat(trainer.losses()).containsKey("generator." + name);
        }
    }

    @ParameterizedTest
    @MethodSource("generatorTerms")
    void equalGeneratorsCorrespond(String name) {
        Map<String, Double> losses = new LinkedHashMap<>();
        Hook hook = Watch.beforeBackward(
                (s, loss) -> loss.values().forEach((part, value) -> losses.put(part, value.item_double())));
        Tiny tiny = Tiny.plain()
                .with(STILL)
                .with(Tiny.settings(5, 1, new Turns(0, 1, true)))
                .with(read("type: " + name), hook)
                .suited();
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
        }
        if (name.equals("dcl")) {
            assertThat(losses.get(name)).isPositive();
        } else {
            assertThat(losses.get(name)).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void aMapThatIsNotThereIsRefusedWithThoseThatAre() {
        for (String yaml : List.of(
                "{type: relaxed_realism, layers: [conv9]}",
                "{type: cdc, layers: [conv9]}",
                "{type: dcl, discriminator_layers: [conv9]}",
                "{type: self_correlation, layers: [conv9]}")) {
            assertThatThrownBy(() -> tiny(read(yaml)).trainer())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("'conv9'")
                    .hasMessageContaining("blocks.0");
        }
    }
}
