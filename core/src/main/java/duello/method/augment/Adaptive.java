package duello.method.augment;

import duello.method.Hook;
import duello.method.Loss;
import duello.method.Player;
import duello.method.Stateful;
import duello.method.Step;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** What methods with an {@link AdaptiveProbability} have in common: they let it count, move, be saved and taken over. */
interface Adaptive extends Hook, Stateful {
    AdaptiveProbability p();

    @Override
    default void afterBackward(Step s, Loss loss) {
        p().count(s);
    }

    @Override
    default void afterUpdate(Player player, long step) {
        p().afterUpdate(player, step);
    }

    @Override
    default Map<String, Tensor> state() {
        return p().state();
    }

    @Override
    default Set<String> takeOver(Map<String, Double> remembered) {
        return p().takeOver(remembered);
    }
}
