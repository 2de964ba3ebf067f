package duello.train;

import duello.method.Loss;
import duello.method.Player;
import duello.method.Step;
import duello.method.Table;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Optimizer;
import duello.torch.Scope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** One update of one player: the inner loop of every GAN algorithm. */
final class Turn {
    private final Table table;
    private final Player player;
    private final Roles roles;
    private final TrainSettings settings;
    private final Optimizer optimizer;
    private final Inputs inputs;
    private final Gauges gauges;

    /** Where a turn's images and draws come from. */
    interface Inputs {
        /** The inputs of one micro batch. */
        Step.Inputs at(Player player, long step, int update, int micro);
    }

    Turn(Table table, Player player, Roles roles, TrainSettings settings, Inputs inputs, Gauges gauges) {
        this.table = table;
        this.player = player;
        this.roles = roles;
        this.settings = settings;
        this.optimizer = (player == Player.GENERATOR ? settings.generator() : settings.discriminator())
                .over(module(player).parameters());
        this.inputs = inputs;
        this.gauges = gauges;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /** Update {@code update} of iteration {@code step}. */
    void play(long step, int update) {
        module(player).requiresGrad(true);
        module(player.opponent()).requiresGrad(false);
        try (Scope turn = Scope.open()) {
            module(player).zeroGrad();
            for (int micro = 0; micro < settings.accumulate(); micro++) {
                accumulate(step, inputs.at(player, step, update, micro));
            }
            table.collective().average(gradients());
            optimizer.step();
            roles.hooks().forEach(h -> h.afterUpdate(player, step));
        }
    }

    private void accumulate(long step, Step.Inputs in) {
        try (Scope scope = Scope.open()) {
            Step s = new Step(table, player, step, settings.batch(), in);
            Loss loss = settings.precision().forward(table.device(), () -> lossOf(s));
            Ops.backward(Ops.mul(loss.total(), 1.0 / settings.accumulate()));
            watch(s, loss);
            roles.hooks().forEach(h -> h.afterBackward(s, loss));
        }
    }

    private Loss lossOf(Step s) {
        Loss loss = new Loss();
        if (player == Player.DISCRIMINATOR) {
            s.prepare(roles.terms());
            roles.terms().forEach(t -> t.discriminator(s, loss));
        } else {
            roles.terms().forEach(t -> t.generator(s, loss));
        }
        return loss;
    }

    private void watch(Step s, Loss loss) {
        String prefix = player.key() + ".";
        loss.values().forEach((part, value) -> gauges.set(prefix + part, value));
    }

    private Module module(Player who) {
        return who == Player.GENERATOR
                ? table.generator().module()
                : table.discriminator().module();
    }

    private List<Tensor> gradients() {
        return module(player).parameters().values().stream()
                .map(Tensor::grad)
                .filter(Tensor::defined)
                .toList();
    }
}
