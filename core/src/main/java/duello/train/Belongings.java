package duello.train;

import duello.method.Freeze;
import duello.method.Player;
import duello.method.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Which parameters a player moves: those of its own network, but for the heads that the discriminator lends to the
 * generator. Names are those of the network's state dict; lent ones have {@code discriminator.} before them, and those
 * that are methods' own {@link duello.method.Learner#PREFIX}.
 */
record Belongings(Player player, Map<String, Tensor> own, Map<String, Tensor> others, List<Freeze> freezes) {
    private static final String LENT = "discriminator.";

    static Belongings of(Player player, Table table, Roles roles) {
        List<Freeze> freezes = roles.freezes();
        Map<String, Tensor> generators =
                new LinkedHashMap<>(table.generator().module().parameters());
        Map<String, Tensor> discriminators = new LinkedHashMap<>();
        table.discriminator().module().parameters().forEach((name, p) -> {
            if (table.discriminator().site().lent(name)) {
                generators.put(lent(name), p);
            } else {
                discriminators.put(name, p);
            }
        });
        generators.putAll(roles.learning());
        return player == Player.GENERATOR
                ? new Belongings(player, generators, discriminators, freezes)
                : new Belongings(player, discriminators, generators, freezes);
    }

    /** The name that a parameter of the discriminator has among the generator's when it is lent. */
    static String lent(String name) {
        return LENT + name;
    }

    /** Lets this player's parameters take part in differentiation in iteration {@code step}, and no others. */
    void claim(long step) {
        others.values().forEach(p -> p.requires_grad_(false));
        own.forEach((name, p) -> p.requires_grad_(freezes.stream().noneMatch(f -> f.frozen(player, name, step))));
    }

    /** Sets every gradient to undefined, so that an optimiser skips parameters that took no part. */
    void zeroGrad() {
        own.values().forEach(p -> {
            if (p.grad().defined()) {
                p.mutable_grad().reset();
            }
        });
    }

    /** The gradients that there are. */
    List<Tensor> gradients() {
        return own.values().stream().map(Tensor::grad).filter(Tensor::defined).toList();
    }
}
