package duello.train;

import static duello.train.Adapting.read;
import static duello.train.Adapting.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import duello.method.Hook;
import duello.method.Player;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** RSSA in training: its sparse term, and what it does to codes. */
class SpatialAlignmentTest {
    @Test
    void disturbanceTakesPartEverySixthTimeOnly() {
        List<Boolean> there = new ArrayList<>();
        Hook hook = Watch.beforeBackward((s, loss) -> {
            if (s.player() == Player.GENERATOR) {
                there.add(loss.values().containsKey("disturbance_correlation"));
            }
        });
        try (Trainer trainer = tiny(read("type: disturbance_correlation"), hook).trainer()) {
            for (int i = 0; i < 7; i++) {
                trainer.iterate();
            }
        }
        assertThat(there).containsExactly(true, false, false, false, false, false, true);
    }

    @Test
    void compressedLatentsComeNearerToTheSpanOfTheFoundOnes() {
        List<Tensor> codes = new ArrayList<>();
        Hook hook = Watch.afterBackward(
                (s, loss) -> codes.add(Scope.keep(s.code().w().detach())));
        try (Trainer trainer = tiny(read("{type: latent_compression, blend: [1], steps: 2}"), hook)
                .trainer()) {
            trainer.iterate();
        }
        try (Trainer plain = tiny(hook).trainer()) {
            plain.iterate();
        }
        // 40 images span all 6 dimensions, where the nearest point is the code itself.
        assertThat(Ops.toFloats(codes.get(0)))
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly(Ops.toFloats(codes.get(codes.size() / 2)));
    }
}
