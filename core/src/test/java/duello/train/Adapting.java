package duello.train;

import duello.method.Method;
import duello.method.Player;
import duello.method.adversarial.Vanilla;
import duello.torch.Ops;
import duello.torch.States;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** What tests of adaptation share: small runs that start from a source, and what is read of them. */
final class Adapting {
    private Adapting() {}

    /** An entry with its settings. */
    static Method read(String yaml) {
        return Tiny.read(Method.class, yaml);
    }

    /** A run of one update of one micro batch for each player, with what its methods need. */
    static Tiny tiny(Method... methods) {
        return Tiny.plain()
                .with(new Vanilla())
                .with(Tiny.settings(5, 1, new Turns(1, 1, true)))
                .with(methods)
                .suited();
    }

    /** A source by itself, for methods that can do without one. */
    static Source source() {
        Tiny started = Tiny.plain().with(read("type: cdc")).suited();
        Source source = started.players().source();
        return Objects.requireNonNull(source);
    }

    /** The names of the parameters that a player's last turn gave a gradient. */
    static Set<String> withGradient(Trainer trainer, Player player) {
        return trainer.turn(player).parameters().own().entrySet().stream()
                .filter(e -> e.getValue().grad().defined())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** A part of the last losses. */
    static double loss(Trainer trainer, String part) {
        return Objects.requireNonNull(trainer.losses().get(part), part);
    }

    /** The squared distance of the generator from the source, over the source's parameters. */
    static double distance(Trainer trainer) {
        Map<String, Tensor> own = trainer.table().generator().module().parameters();
        double sum = 0;
        for (Map.Entry<String, Tensor> p :
                trainer.table().source().module().parameters().entrySet()) {
            sum += Ops.square(States.required(own, p.getKey()).detach().sub(p.getValue()))
                    .sum()
                    .item_double();
        }
        return sum;
    }
}
