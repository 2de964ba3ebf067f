package duello.train;

import static org.assertj.core.api.Assertions.assertThat;

import duello.method.Adversarial;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Step;
import duello.method.adversarial.Hinge;
import duello.method.adversarial.Relativistic;
import duello.torch.Ops;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a relativistic loss is played. */
class RelativisticTrainingTest {
    /** Remembers, of each player's last step, what the discriminator looked at and which reals there were. */
    private static final class Watch implements Hook {
        private final Map<Player, List<Origin>> looks = new EnumMap<>(Player.class);
        private final Map<Player, float[]> reals = new EnumMap<>(Player.class);

        @Override
        public void afterBackward(Step s, Loss loss) {
            looks.put(s.player(), s.judged().stream().map(Judged::origin).toList());
            if (s.judged().stream().anyMatch(j -> j.origin() == Origin.REAL)) {
                reals.put(s.player(), Ops.toFloats(s.real()));
            }
        }
    }

    private static Watch watched(Adversarial loss) {
        Watch watch = new Watch();
        Tiny tiny = Tiny.plain().with(loss).with(watch).with(Tiny.settings(0, 1, new Turns(1, 1, true)));
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
        }
        return watch;
    }

    @Test
    void theGeneratorIsJudgedFirstAndThenAFreshBatchOfReals() {
        for (boolean average : new boolean[] {true, false}) {
            Watch watch = watched(new Relativistic(average, true, new Hinge()));
            assertThat(watch.looks.get(Player.DISCRIMINATOR)).containsExactly(Origin.REAL, Origin.FAKE);
            assertThat(watch.looks.get(Player.GENERATOR)).containsExactly(Origin.FAKE, Origin.REAL);
            assertThat(watch.reals.get(Player.GENERATOR)).isNotEqualTo(watch.reals.get(Player.DISCRIMINATOR));
        }
    }

    @Test
    void otherLossesCostNoPassOfReals() {
        assertThat(watched(new Hinge()).looks.get(Player.GENERATOR)).containsExactly(Origin.FAKE);
    }
}
