package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.method.Player;
import duello.model.Weights;
import duello.torch.Ops;
import duello.torch.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What {@code torch.optim} saves of an optimiser: its parameters are numbered through all groups in the order in which
 * the optimiser was given them; a parameter that never moved has no entry.
 *
 * @param place what a failure calls the origin
 * @param entries what is kept of each parameter, by its number
 * @param groups the settings of each group
 * @param count how many parameters there are
 */
record TorchOptimizerState(String place, Map<Long, Map<?, ?>> entries, List<Map<?, ?>> groups, int count) {
    private static final int MOST_DIFFERENCES = 8;

    /**
     * @param parameters how many the network has
     * @throws Failure if it is not of that form, or of another number of parameters
     */
    static TorchOptimizerState of(@Nullable Object saved, String place, int parameters) {
        if (!(saved instanceof Map<?, ?> map)
                || !(map.get("state") instanceof Map<?, ?> state)
                || !(map.get("param_groups") instanceof List<?> list)) {
            throw new Failure(place + ": it is not an optimiser's state with 'state' and 'param_groups'");
        }
        int count = 0;
        List<Map<?, ?>> groups = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> group) || !(group.get("params") instanceof List<?> numbers)) {
                throw new Failure(place + ": a group of its parameters has no 'params'");
            }
            groups.add(group);
            count += numbers.size();
        }
        if (count != parameters) {
            throw new Failure(place + ": it is of " + count + " parameters, but the network has " + parameters);
        }
        Map<Long, Map<?, ?>> entries = new TreeMap<>();
        for (Map.Entry<?, ?> e : state.entrySet()) {
            if (!(e.getKey() instanceof Number n) || !(e.getValue() instanceof Map<?, ?> entry)) {
                throw new Failure(place + ": its 'state' is not numbered by parameters");
            }
            if (n.longValue() < 0 || n.longValue() >= count) {
                throw new Failure(place + ": its 'state' tells of parameter " + n + ", but there are " + count);
            }
            entries.put(n.longValue(), entry);
        }
        return new TorchOptimizerState(place, entries, groups, count);
    }

    /** The same with every moment as {@code shape} makes it, which is told the parameter's number. */
    TorchOptimizerState shaped(BiFunction<Integer, NdArray, NdArray> shape) {
        Map<Long, Map<?, ?>> changed = new TreeMap<>();
        entries.forEach((number, entry) -> {
            Map<Object, @Nullable Object> own = new LinkedHashMap<>(entry);
            own.replaceAll((what, value) -> value instanceof NdArray moment && !"step".equals(what)
                    ? shape.apply(number.intValue(), moment)
                    : value);
            changed.put(number, own);
        });
        return new TorchOptimizerState(place, changed, groups, count);
    }

    /**
     * Fills a player's optimiser, as {@link #into(Optimizer, List)}.
     *
     * @param notes is told where it was trained with other settings than the recipe's
     */
    void into(Trainer trainer, Player player, List<String> names, List<String> notes) {
        into(trainer.turn(player).optimizer(), names);
        TrainSettings train = trainer.setup().train();
        List<String> differences = differences(player == Player.GENERATOR ? train.generator() : train.discriminator());
        if (!differences.isEmpty()) {
            notes.add("the " + player.key() + " was trained with other settings of its optimiser: "
                    + String.join(", ", differences));
        }
    }

    /**
     * Fills an optimiser; parameters without an entry start afresh.
     *
     * @param names of the parameters, by number
     * @throws Failure if the state is of another kind of optimiser or of other shapes
     */
    void into(Optimizer optimizer, List<String> names) {
        Map<String, Tensor> state = new LinkedHashMap<>(optimizer.state());
        Set<String> known = Set.copyOf(state.keySet());
        entries.forEach((number, entry) -> {
            String name = names.get(number.intValue());
            entry.forEach((what, value) -> {
                String key = optimizer.key(name, String.valueOf(what));
                Tensor tensor = tensor(name, String.valueOf(what), value);
                if (tensor != null && known.contains(key)) {
                    state.put(key, tensor);
                } else if (tensor != null && !"step".equals(what)) {
                    throw new Failure(place + ": its optimiser keeps '" + what + "' of " + name
                            + ", which the recipe's does not; give train.generator and train.discriminator the type"
                            + " of optimiser that it was trained with");
                }
            });
        });
        optimizer.load(state);
    }

    private @Nullable Tensor tensor(String name, String what, @Nullable Object value) {
        boolean step = what.equals("step");
        if (step && value instanceof Number n) {
            return Ops.tensor(new long[] {n.longValue()}, 1);
        }
        if (step && value instanceof NdArray a && a.size() == 1) {
            return Ops.tensor(new long[] {(long) a.toDoubles()[0]}, 1);
        }
        if (!step && value instanceof NdArray a) {
            return Weights.tensor(a);
        }
        if (value == null) {
            return null;
        }
        throw new Failure(place + ": '" + what + "' of " + name + " is not a tensor");
    }

    /** Where the settings that it was trained with are not the recipe's, such as {@code lr 5.0E-5 (recipe 2.0E-4)}. */
    List<String> differences(OptimizerSettings settings) {
        List<String> differences = new ArrayList<>();
        settings.saved().forEach((name, own) -> {
            for (Map<?, ?> group : groups) {
                Object value = group.get(name);
                List<?> saved = value instanceof List<?> l ? l : value == null ? List.of() : List.of(value);
                if (!saved.isEmpty() && !same(saved, own) && differences.size() < MOST_DIFFERENCES) {
                    differences.add(name + " " + text(saved) + " (recipe " + text(own) + ")");
                }
            }
        });
        return differences.stream().sorted().distinct().toList();
    }

    private static boolean same(List<?> saved, List<Double> own) {
        if (saved.size() != own.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!(saved.get(i) instanceof Number n)
                    || Math.abs(n.doubleValue() - own.get(i)) > 1e-6 * Math.abs(own.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String text(List<?> values) {
        return values.size() == 1 ? String.valueOf(values.get(0)) : String.valueOf(values);
    }
}
