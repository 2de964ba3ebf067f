package duello.train;

import static org.assertj.core.api.Assertions.assertThat;

import duello.method.Hook;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.model.Code;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Style mixing beside relaxed realism. */
class AnchoredCodesTest {
    private final List<Boolean> mainIsMixed = new ArrayList<>();
    private final List<Boolean> furtherIsMixed = new ArrayList<>();

    private static boolean mixed(Code code) {
        Tensor first = Ops.slice(code.w(), 1, 0, 1);
        return code.w().sub(first).abs().max().item_double() > 0;
    }

    private final Hook watch = new Hook() {
        @Override
        public void afterBackward(Step s, Loss loss) {
            mainIsMixed.add(mixed(s.code()));
            furtherIsMixed.add(mixed(s.code(s.latent("further", 4), "further")));
        }
    };

    @Test
    void latentsNearAnchorsKeepTheirOwnStylesAndOthersAreMixed() {
        Method mixing = Tiny.read(Method.class, "{type: style_mixing, probability: 1}");
        Method anchors = Tiny.read(Method.class, "type: relaxed_realism");
        Tiny tiny = Tiny.plain()
                .with(Family.STYLE.smallest())
                .with(Tiny.settings(5, 1, new Turns(1, 1, true)))
                .with(mixing, anchors, watch);
        try (Trainer trainer = tiny.trainer()) {
            trainer.turn(Player.GENERATOR).play(0, 0);
            trainer.turn(Player.GENERATOR).play(1, 0);
        }
        assertThat(mainIsMixed).containsExactly(false, true);
        assertThat(furtherIsMixed).containsExactly(true, true);
    }
}
