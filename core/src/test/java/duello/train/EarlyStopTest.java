package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.method.Method;
import duello.method.Player;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.ImageDomain;
import duello.model.Maps;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trunks that wait at a map until somebody asks for more. */
class EarlyStopTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private static Discriminator trunk() {
        return Family.STYLE.smallest().discriminator(new ImageDomain(16, Tiny.CLASSES), 1, Devices.CPU);
    }

    private static Tensor images() {
        return new SeededDraws(2, Devices.CPU).normal(4, 3, 16, 16);
    }

    @Test
    void nothingBehindTheBlockOfTheMapIsComputedUntilItIsAskedFor() {
        Discriminator d = trunk();
        Maps seen = new Maps(Forward.Tap.NONE);
        Features features = d.observed(images(), Forward.TRACELESS.with(seen), "b16.conv0");
        assertThat(seen.seen().keySet()).contains("b16.conv0").doesNotContain("b8.conv0", "b4.conv");

        features.map("b16.conv0");
        assertThat(seen.seen().keySet()).doesNotContain("b8.conv0");

        features.pooled();
        assertThat(seen.seen().keySet()).containsExactlyElementsOf(d.layers());
    }

    @Test
    void whoWaitedSeesWhatOneWhoDidNotSees() {
        Discriminator d = trunk();
        Tensor images = images();
        Features waited = d.observed(images, Forward.TRACELESS, "b8.conv1");
        Features whole = d.observed(images, Forward.TRACELESS);
        for (String layer : d.layers()) {
            assertThat(Ops.toFloats(waited.map(layer))).isEqualTo(Ops.toFloats(whole.map(layer)));
        }
        assertThat(Ops.toFloats(waited.pooled())).isEqualTo(Ops.toFloats(whole.pooled()));
        assertThat(Ops.toFloats(waited.map())).isEqualTo(Ops.toFloats(whole.map()));
        assertThat(waited.positions()).isEqualTo(whole.positions());
        assertThat(waited.maps().keySet()).isEqualTo(whole.maps().keySet());
        assertThatThrownBy(() -> waited.map("b2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b2");
    }

    /** Loss of the discriminator's contrast in the first step of an iteration. */
    private static double contrast(String settings, int iteration) {
        Method patches = Tiny.read(Method.class, "{type: relaxed_realism, layers: [b16.conv1]}");
        Method dcl = Tiny.read(Method.class, "{type: dcl, " + settings + "}");
        try (Trainer trainer = Tiny.plain()
                .with(Family.STYLE.smallest())
                .with(patches, dcl)
                .suited()
                .trainer()) {
            trainer.turn(Player.DISCRIMINATOR).play(iteration, 0);
            return Objects.requireNonNull(trainer.losses().get("discriminator.dcl"));
        }
    }

    @Test
    void whereAHeadOfPatchesJudgesContrastsAreOfMapsThatItLooksThrough() {
        double last = contrast("pick: last", 1);
        assertThat(last).isCloseTo(contrast("discriminator_layers: [b16.conv1]", 1), within(1e-9));
        assertThat(last).isNotCloseTo(contrast("discriminator_layers: [b4.conv]", 1), within(1e-6));
        assertThat(contrast("pick: last", 0)).isCloseTo(contrast("discriminator_layers: [b4.conv]", 0), within(1e-9));
    }
}
