package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.method.Player;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.Weights;
import duello.torch.Forward;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Brings a checkpoint of rosinality's {@code stylegan2-pytorch}, such as the source models of few-shot adaptation, into a
 * trainer: weights, the optimisers' moments where the file has them, the iteration that its name tells. Sizes are those of
 * the file's shapes.
 */
public final class RosinalityImport implements ForeignCheckpoint {
    /** Of so many latents the middle of what they are mapped to is taken where the file does not tell it. */
    private static final int LATENTS = 4096;

    private final Path file;
    private final Map<?, ?> content;
    private final RosinalityCheckpoint networks;
    private final RosinalityShapes shapes;

    private RosinalityImport(Path file) {
        this.file = file;
        this.content = PthReader.readMap(file);
        this.networks = RosinalityCheckpoint.of(content, file);
        Map<String, NdArray> d = networks.discriminator();
        this.shapes = new RosinalityShapes(generator(), d == null ? Map.of() : d, file.toString());
    }

    /**
     * Reads a file; nothing in it is executed.
     *
     * @throws Failure if it is damaged, of another program, or of networks that have no counterpart here
     */
    public static RosinalityImport read(Path file) {
        return new RosinalityImport(file);
    }

    @Override
    public String program() {
        return "rosinality stylegan2-pytorch";
    }

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public boolean complete() {
        return networks.discriminator() != null;
    }

    @Override
    public long step() {
        return RosinalityCheckpoint.step(file).orElse(0);
    }

    @Override
    public List<String> settings() {
        return shapes.settings();
    }

    private Map<String, NdArray> generator() {
        Map<String, NdArray> raw = networks.generator();
        return raw != null ? raw : Objects.requireNonNull(networks.average());
    }

    private Map<String, NdArray> average() {
        Map<String, NdArray> average = networks.average();
        return average != null ? average : generator();
    }

    @Override
    public List<String> into(Trainer trainer) {
        check(trainer);
        List<String> notes = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            generators(trainer, notes);
            Map<String, NdArray> d = networks.discriminator();
            if (d != null) {
                Weights.load(d, trainer.table().discriminator().module(), file.toString());
                optimizers(trainer, notes);
            }
        }
        trainer.skipTo(step());
        return notes;
    }

    private void check(Trainer trainer) {
        List<String> faults = new ArrayList<>();
        Module own = trainer.table().generator().module();
        fault("generator", own, generator(), faults);
        if (faults.isEmpty()) {
            fault("average", own, average(), faults);
        }
        Map<String, NdArray> d = networks.discriminator();
        if (d != null) {
            fault("discriminator", trainer.table().discriminator().module(), d, faults);
        }
        if (!faults.isEmpty()) {
            throw new Failure(String.join("\n", faults));
        }
    }

    private void fault(String network, Module own, Map<String, NdArray> saved, List<String> faults) {
        KeyDifferences d = KeyDifferences.between("model." + network, own.state(), saved);
        if (!d.none()) {
            faults.add(file + ": its " + network + " does not fit the recipe's, which its own shapes and the settings"
                    + " given tell; " + d.keys());
        }
    }

    private void generators(Trainer trainer, List<String> notes) {
        Generator generator = trainer.table().generator();
        Generator average = trainer.table().average();
        Weights.load(generator(), generator.module(), file.toString());
        if (average == generator) {
            notes.add("the recipe has no moving average, so 'g_ema' is left out");
        } else {
            Weights.load(average(), average.module(), file.toString());
        }
        if (networks.generator() == null) {
            notes.add("there is no 'g': the generator starts as a copy of its moving average");
        } else if (networks.average() == null) {
            notes.add("there is no 'g_ema': the generator's moving average starts as a copy of the generator");
        }
        Tensor center = Objects.requireNonNull(average.center());
        if (Arrays.stream(Ops.toDoubles(center)).allMatch(v -> v == 0)) {
            Tensor mean = center(average);
            Scope.withoutGrad(() -> List.of(generator, average)
                    .forEach(g -> Objects.requireNonNull(g.center()).copy_(mean)));
            notes.add("there is no 'latent_avg': it is the mean of " + LATENTS + " mapped latents");
        }
    }

    /** The mean w of latents that are the same for every file, {@code [d]}; like a file's mean it is the average's. */
    private static Tensor center(Generator average) {
        Device device = Objects.requireNonNull(average.center()).device();
        Tensor z = average.space().draw(new SeededDraws(Seeds.derive(0, "rosinality.center"), device), LATENTS);
        Tensor labels = Ops.tensor(new long[LATENTS], LATENTS).to(z.device(), ScalarType.Long);
        return Scope.noGrad(() -> Ops.mean(
                average.map(new Latent(z, labels), Forward.EVALUATION).w().select(1, 0), false, 0));
    }

    private void optimizers(Trainer trainer, List<String> notes) {
        int layers = shapes.layers();
        Correspondence g = RosinalityKeys.generator(shapes.resolution(), layers);
        optimizer(trainer, Player.GENERATOR, "g_optim", g, notes);
        Correspondence d = RosinalityKeys.discriminator(shapes.resolution());
        optimizer(trainer, Player.DISCRIMINATOR, "d_optim", d, notes);
    }

    private void optimizer(Trainer trainer, Player player, String key, Correspondence keys, List<String> notes) {
        if (content.get(key) == null) {
            notes.add(file + " holds no '" + key + "'; the " + player.key() + "'s optimiser starts afresh");
            return;
        }
        String place = file + " '" + key + "'";
        List<String> theirs = RosinalityKeys.parameters(keys);
        TorchOptimizerState.of(content.get(key), place, theirs.size())
                .shaped((number, moment) -> keys.toOurs(theirs.get(number), moment, place))
                .into(trainer, player, theirs.stream().map(keys::ourName).toList(), notes);
    }
}
