package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.method.Method;
import duello.method.Player;
import duello.method.Stateful;
import duello.model.Weights;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a checkpoint of PyTorch-StudioGAN into a trainer: weights, the optimisers' moments, the iteration and what its
 * methods remember. Networks must agree key by key; module names are the same in both programs.
 */
public final class StudioGanImport implements ForeignCheckpoint {
    /** The reference's LeCam averages before the first update. */
    private static final double LECAM_START = 7777;

    private static final String LECAM = "lecam_emas.";

    private final StudioGanFiles files;
    private final StudioGanPart generator;
    private final @Nullable StudioGanPart discriminator;
    private final @Nullable StudioGanPart average;

    private StudioGanImport(StudioGanFiles files) {
        this.files = files;
        this.generator = StudioGanPart.read(files.generator());
        this.discriminator = files.discriminator() == null ? null : StudioGanPart.read(files.discriminator());
        this.average = files.average() == null ? null : StudioGanPart.read(files.average());
    }

    /**
     * Reads the files; nothing in them is executed.
     *
     * @throws Failure if one is damaged, of another format, or names anything but tensors and plain data
     */
    public static StudioGanImport read(StudioGanFiles files) {
        return new StudioGanImport(files);
    }

    @Override
    public String program() {
        return "PyTorch-StudioGAN";
    }

    @Override
    public List<Path> files() {
        return Stream.of(files.generator(), files.discriminator(), files.average())
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public boolean complete() {
        return discriminator != null;
    }

    /** As the discriminator's file says, else the generator's name, else 0. */
    @Override
    public long step() {
        OptionalLong said = discriminator == null ? OptionalLong.empty() : discriminator.natural("step");
        return said.orElse(files.step().orElse(0));
    }

    /** The seed it was trained with, if the discriminator's file tells. */
    @Override
    public List<String> settings() {
        OptionalLong seed = discriminator == null ? OptionalLong.empty() : discriminator.natural("seed");
        return seed.isPresent() ? List.of("train.seed=" + seed.getAsLong()) : List.of();
    }

    /** The best Fréchet distance of its training and the iteration of it, by the names of the file; may be empty. */
    @Override
    public Map<String, Double> best() {
        Map<String, Double> best = new LinkedHashMap<>();
        if (discriminator != null) {
            discriminator.numbers().forEach((name, value) -> {
                if (name.equals("best_fid") || name.equals("best_step")) {
                    best.put(name, value);
                }
            });
        }
        return best;
    }

    /**
     * As the shapes tell: of two trial builds for 2 and 3 classes, any axis that differs is a linear function of the count.
     */
    @Override
    public OptionalInt classes(IntFunction<Trainer> build) {
        Map<String, long[]> two = shapes(build, 2);
        Map<String, long[]> three = shapes(build, 3);
        Map<String, NdArray> saved = new LinkedHashMap<>();
        generator.weights().forEach((key, a) -> saved.put("generator." + key, a));
        if (discriminator != null) {
            discriminator.weights().forEach((key, a) -> saved.put("discriminator." + key, a));
        }
        for (Map.Entry<String, NdArray> entry : saved.entrySet()) {
            long[] shape = entry.getValue().shape();
            long[] low = two.getOrDefault(entry.getKey(), new long[0]);
            long[] high = three.getOrDefault(entry.getKey(), new long[0]);
            for (int axis = 0; axis < shape.length && shape.length == low.length; axis++) {
                long perClass = high[axis] - low[axis];
                if (perClass != 0 && (shape[axis] - low[axis]) % perClass == 0) {
                    long classes = 2 + (shape[axis] - low[axis]) / perClass;
                    if (classes >= 1 && classes < 1 << 20) {
                        return OptionalInt.of((int) classes);
                    }
                }
            }
        }
        return OptionalInt.empty();
    }

    private static Map<String, long[]> shapes(IntFunction<Trainer> build, int classes) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        try (Trainer trainer = build.apply(classes)) {
            trainer.table().generator().module().state().forEach((k, t) -> shapes.put("generator." + k, Ops.shape(t)));
            trainer.table()
                    .discriminator()
                    .module()
                    .state()
                    .forEach((k, t) -> shapes.put("discriminator." + k, Ops.shape(t)));
        }
        return shapes;
    }

    @Override
    public List<String> into(Trainer trainer) {
        check(trainer);
        List<String> notes = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            load(generator, trainer.table().generator().module());
            averaged(trainer, notes);
            if (discriminator != null) {
                load(discriminator, trainer.table().discriminator().module());
                optimizers(trainer, discriminator, notes);
                methods(trainer, discriminator, notes);
            }
        }
        trainer.skipTo(step());
        return notes;
    }

    private void check(Trainer trainer) {
        List<String> faults = new ArrayList<>();
        Module own = trainer.table().generator().module();
        fault(generator, "generator", own, faults);
        if (average != null) {
            if (trainer.setup().train().average() == null) {
                throw new Failure(average.file() + ": it is a moving average, but the recipe has none; set"
                        + " train.average={decay: 0.9999, start: 1000}, with the numbers it was trained with");
            }
            if (faults.isEmpty()) {
                fault(average, "generator", own, faults);
            }
        }
        if (discriminator != null) {
            fault(
                    discriminator,
                    "discriminator",
                    trainer.table().discriminator().module(),
                    faults);
        }
        if (!faults.isEmpty()) {
            throw new Failure(String.join("\n", faults));
        }
    }

    private static void fault(StudioGanPart part, String network, Module own, List<String> faults) {
        KeyDifferences d = KeyDifferences.between("model." + network, own.state(), part.weights());
        if (!d.none()) {
            faults.add(part.file() + " does not fit the recipe's " + network + ": " + d.describe());
        }
    }

    private static void load(StudioGanPart part, Module module) {
        Weights.load(part.weights(), module, part.file().toString());
    }

    private void averaged(Trainer trainer, List<String> notes) {
        if (average != null) {
            load(average, trainer.table().average().module());
        } else if (trainer.setup().train().average() != null) {
            load(generator, trainer.table().average().module());
            notes.add("there is no G_ema file: the generator's moving average starts as a copy of the generator");
        }
    }

    private void optimizers(Trainer trainer, StudioGanPart d, List<String> notes) {
        optimizer(trainer, Player.GENERATOR, generator, generators(trainer, d), notes);
        Set<String> own = parameters(trainer, Player.DISCRIMINATOR);
        List<String> names = d.weights().keySet().stream().filter(own::contains).toList();
        optimizer(trainer, Player.DISCRIMINATOR, d, names, notes);
    }

    /**
     * In the order of the files, which is that of the modules in PyTorch: first the generator's own, then the heads that
     * the discriminator lends it.
     */
    private List<String> generators(Trainer trainer, StudioGanPart d) {
        Set<String> own = parameters(trainer, Player.GENERATOR);
        Stream<String> lent = d.weights().keySet().stream().map(Belongings::lent);
        return Stream.concat(generator.weights().keySet().stream(), lent)
                .filter(own::contains)
                .toList();
    }

    private static Set<String> parameters(Trainer trainer, Player player) {
        return trainer.turn(player).parameters().own().keySet();
    }

    private static void optimizer(
            Trainer trainer, Player player, StudioGanPart part, List<String> names, List<String> notes) {
        if (part.get("optimizer") == null) {
            notes.add(part.file() + " holds no optimiser state; the " + player.key() + "'s optimiser starts afresh");
            return;
        }
        TorchOptimizerState.of(part.get("optimizer"), part.file() + " 'optimizer'", names.size())
                .into(trainer, player, names, notes);
    }

    private static void methods(Trainer trainer, StudioGanPart d, List<String> notes) {
        Map<String, Double> remembered = d.numbers();
        remembered.keySet().removeAll(List.of("seed", "step", "epoch", "best_step", "best_fid"));
        remembered.entrySet().removeIf(e -> saysNothing(e.getKey(), e.getValue()));
        Map<String, Double> dropped = new LinkedHashMap<>(remembered);
        for (Method method : trainer.roles().all()) {
            if (method instanceof Stateful s) {
                dropped.keySet().removeAll(Scope.noGrad(() -> s.takeOver(remembered)));
            }
        }
        int batch = trainer.setup().train().batch();
        dropped.entrySet().removeIf(e -> e.getKey().equals("topk") && e.getValue() >= batch);
        if (!dropped.isEmpty()) {
            notes.add("dropped, since no method of the recipe takes it over: " + dropped);
        }
    }

    /** Settings, which are the recipe's business, and averages of nothing yet. */
    private static boolean saysNothing(String name, double value) {
        return name.startsWith(LECAM)
                && (value == LECAM_START || name.equals(LECAM + "decay") || name.equals(LECAM + "start_itr"));
    }

    @Override
    public String toString() {
        return Arrays.asList(files.generator(), files.discriminator(), files.average())
                .toString();
    }
}
