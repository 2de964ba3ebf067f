package duello.train;

import duello.method.Batch;
import duello.method.Chain;
import duello.method.Loss;
import duello.method.Player;
import duello.method.Step;
import duello.method.StepInputs;
import duello.method.Table;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/**
 * A player's loss as the weights are at this moment, on images, latents and draws that stay the same however often it is
 * asked, so that nothing but the weights makes a difference. It leaves no trace: batch statistics are those of each batch
 * and move no running ones, spectral normalisation computes sigma of its stored vectors without an iteration, and what
 * methods remember is put back. Terms that take part now and then count with their weight in every batch.
 */
public final class Probe {
    /** What the weighted sum of all parts is called. */
    public static final String TOTAL = "total";

    private final Table table;
    private final Roles roles;
    private final Reals reals;
    private final Settings settings;

    /**
     * How much is looked at.
     *
     * @param batches how many
     * @param batch images in each, of the reals and of the fakes
     * @param seed of latents and all other draws
     * @param step the iteration that terms are told
     */
    public record Settings(int batches, int batch, long seed, long step) {}

    /** Where real images come from. */
    @FunctionalInterface
    public interface Reals {
        /** The batch of a number, the same whenever it is asked for. */
        Batch batch(int number);
    }

    /**
     * A parameter that a player moves.
     *
     * @param outputAxis along which its outputs, the filters of a convolution, lie
     */
    public record Parameter(Tensor value, int outputAxis) {}

    Probe(Table table, Roles roles, Reals reals, Settings settings) {
        this.table = table;
        this.roles = roles;
        this.reals = reals;
        this.settings = settings;
    }

    /** What a player moves, by the names of its network's state dict; the living tensors. */
    public Map<String, Parameter> parameters(Player player) {
        Map<String, Integer> axes =
                new LinkedHashMap<>(table.generator().module().outputAxes());
        table.discriminator().module().outputAxes().forEach((name, axis) -> {
            boolean lent = table.discriminator().site().lent(name);
            axes.put(lent ? Belongings.lent(name) : name, axis);
        });
        if (player == Player.GENERATOR) {
            axes.putAll(table.generator().module().outputAxes());
        }
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        of(player)
                .own()
                .forEach((name, value) -> parameters.put(name, new Parameter(value, axes.getOrDefault(name, 0))));
        return parameters;
    }

    private Belongings of(Player player) {
        return Belongings.of(player, table, roles);
    }

    /**
     * The mean over all batches of every part of a player's loss before its weight, and of their weighted sum under the
     * name {@link #TOTAL}.
     */
    public Map<String, Double> losses(Player player) {
        Belongings of = of(player);
        of.own().values().forEach(p -> p.requires_grad_(false));
        of.others().values().forEach(p -> p.requires_grad_(false));
        Map<String, Double> means = new LinkedHashMap<>();
        eachBatch(player, (s, loss) -> {
            loss.values().forEach((name, value) -> add(means, name, value));
            add(means, TOTAL, loss.total());
        });
        return means;
    }

    private void add(Map<String, Double> means, String name, Tensor value) {
        means.merge(name, value.item_double() / settings.batches, Double::sum);
    }

    /**
     * For every part of a player's loss but the first, the cosine between its gradient and that of the first, the
     * adversarial one, over the parameters that both depend on. Below 0 the two pull against each other.
     */
    public Map<String, Double> cosines(Player player) {
        Belongings of = of(player);
        of.claim(settings.step);
        Map<String, Map<String, Tensor>> gradients = new LinkedHashMap<>();
        try (Scope all = Scope.open()) {
            eachBatch(player, (s, loss) -> {
                for (Loss.Part part : loss.parts()) {
                    add(gradients.computeIfAbsent(part.name(), n -> new LinkedHashMap<>()), part, of, all);
                }
            });
            Map<String, Double> cosines = new LinkedHashMap<>();
            Map<String, Tensor> first = gradients.values().iterator().next();
            gradients.forEach((name, gradient) -> cosines.put(name, cosine(first, gradient)));
            cosines.remove(gradients.keySet().iterator().next());
            return cosines;
        }
    }

    private static void add(Map<String, Tensor> sums, Loss.Part part, Belongings of, Scope keep) {
        if (!part.value().requires_grad()) {
            return;
        }
        List<String> names = new ArrayList<>(of.own().keySet());
        List<Tensor> found = Ops.grads(part.value(), new ArrayList<>(of.own().values()), false);
        for (int i = 0; i < names.size(); i++) {
            if (found.get(i).defined()) {
                Tensor weighted = keep.attach(Ops.mul(found.get(i), part.weight()));
                sums.merge(names.get(i), weighted, Tensor::add_);
            }
        }
    }

    private static double cosine(Map<String, Tensor> a, Map<String, Tensor> b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (Map.Entry<String, Tensor> e : a.entrySet()) {
            Tensor other = b.get(e.getKey());
            if (other != null) {
                product += e.getValue().mul(other).sum().item_double();
                lengthA += Ops.square(e.getValue()).sum().item_double();
                lengthB += Ops.square(other).sum().item_double();
            }
        }
        return product / Math.sqrt(lengthA * lengthB);
    }

    private void eachBatch(Player player, BiConsumer<Step, Loss> look) {
        try (Scope all = Scope.open()) {
            Map<String, Tensor> remembered = new LinkedHashMap<>();
            roles.state().forEach((name, t) -> remembered.put(name, Ops.cloneOf(t)));
            try {
                for (int i = 0; i < settings.batches; i++) {
                    try (Scope scope = Scope.open()) {
                        Step s = step(player, i);
                        look.accept(s, Roles.loss(s, roles.terms(), t -> 1));
                    }
                }
            } finally {
                Scope.withoutGrad(() -> roles.state().forEach((name, t) -> t.copy_(remembered.get(name))));
            }
        }
    }

    private Step step(Player player, int number) {
        Chain chain = roles.chain().with(f -> Forward.BATCH_STATISTICS.with(f.tap()));
        StepInputs inputs = new StepInputs(
                () -> reals.batch(number),
                chain,
                stream -> new SeededDraws(
                        Seeds.derive(settings.seed, "probe." + player + "." + stream, number), table.device()));
        return new Step(table, player, settings.step, settings.batch, inputs);
    }
}
