package duello.train;

import duello.dist.Collective;
import duello.method.AdversarialTerm;
import duello.method.Batch;
import duello.method.Chain;
import duello.method.ClassObjective;
import duello.method.Hook;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.StepInputs;
import duello.method.Table;
import duello.method.adversarial.Hinge;
import duello.method.condition.PlainLogit;
import duello.model.Code;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Generator;
import duello.model.Head;
import duello.model.HeadSite;
import duello.model.ImageDomain;
import duello.model.LatentSpace;
import duello.model.Prior;
import duello.torch.Average;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Embedding;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Training with the trainer's own turns on tiny networks, {@code x = tanh(W z + E[y] + b)} and {@code h = relu(W x + b)}
 * with the usual heads, and with every image, latent and label given.
 */
public final class ToyRun {
    /** The losses of each micro batch: the totals of both players, and the discriminator's class loss without its weight. */
    public record Losses(List<Double> discriminator, List<Double> generator, List<Double> classes) {
        private void clear() {
            discriminator.clear();
            generator.clear();
            classes.clear();
        }
    }

    /** What one iteration reads: images {@code [N, 3]} in order, and per micro batch latents and labels. */
    public record Feed(Tensor images, Tensor labels, Map<Player, Tensor> z, Map<Player, Tensor> y) {}

    private final TrainSettings settings;
    private final Table table;
    private final Turn discriminator;
    private final Turn generator;
    private final Losses losses = new Losses(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private @Nullable Feed feed;
    private long taken;
    private long step;

    /** Builds the networks and loads {@code g} and {@code d}, state dicts by the modules' names. */
    public ToyRun(TrainSettings settings, ClassObjective objective, Map<String, Tensor> g, Map<String, Tensor> d) {
        this(settings, objective, g, d, Collective.LOCAL);
    }

    /** The same as one of several processes. */
    ToyRun(
            TrainSettings settings,
            ClassObjective objective,
            Map<String, Tensor> g,
            Map<String, Tensor> d,
            Collective collective) {
        this.settings = settings;
        Layers layers = new Layers(Init.of(Init.Rule.N02, 1, Devices.CPU), false);
        Generator player = new ToyGenerator(layers);
        Generator average = new ToyGenerator(layers);
        Discriminator trunk = new ToyDiscriminator(layers);
        Head logit = new PlainLogit().build(trunk.site(), 2);
        this.table = new Table(
                new Table.Networks(player, average, trunk, logit),
                new ImageDomain(1, 2),
                Table.Data.NONE,
                Devices.CPU,
                collective);
        Method classes = objective.build(table);
        player.module().load(g, "the case");
        average.module().load(g, "the case");
        trunk.module().load(d, "the case");
        Roles roles = roles(classes);
        Gauges gauges = new Gauges();
        this.discriminator = new Turn(table, Player.DISCRIMINATOR, roles, settings, this::inputs, gauges);
        this.generator = new Turn(table, Player.GENERATOR, roles, settings, this::inputs, gauges);
    }

    private Roles roles(Method classes) {
        AdversarialTerm adversarial = new AdversarialTerm(new Hinge(), List.of());
        Hook recorder = new Hook() {
            @Override
            public void afterBackward(Step s, Loss loss) {
                record(s.player(), loss);
            }
        };
        return Roles.of(List.of(adversarial, classes, recorder), Forward.Sum.LOCAL);
    }

    private void record(Player player, Loss loss) {
        double total = loss.total().item_double();
        if (player == Player.GENERATOR) {
            losses.generator.add(total);
        } else {
            losses.discriminator.add(total);
            losses.classes.add(loss.values().getOrDefault("class", loss.total()).item_double());
        }
    }

    /** The weights of the generator, its average or the discriminator. */
    public Table table() {
        return table;
    }

    /** One iteration on {@code next}: the discriminator's updates, the generator's, the average. */
    public Losses iterate(Feed next) {
        feed = next;
        taken = 0;
        losses.clear();
        for (int update = 0; update < settings.updates().discriminator(); update++) {
            discriminator.play(step, update);
        }
        AverageSettings average = settings.average();
        for (int update = 0; update < settings.updates().generator(); update++) {
            generator.play(step, update);
            double decay = average == null || step < average.start() ? 0 : average.decay();
            Average.update(table.average().module(), table.generator().module(), decay);
        }
        step++;
        return losses;
    }

    private StepInputs inputs(Turn.Place at) {
        Player player = at.player();
        long index = (long) at.update() * settings.accumulate() + at.micro();
        Tensor z = of(feed().z, player).select(0, index);
        Tensor y = of(feed().y, player).select(0, index);
        return new StepInputs(this::batch, Chain.PLAIN, stream -> new Given(z, y));
    }

    private static Tensor of(Map<Player, Tensor> tensors, Player player) {
        Tensor t = tensors.get(player);
        if (t == null) {
            throw new IllegalStateException("nothing is given for " + player);
        }
        return t;
    }

    private Feed feed() {
        return Objects.requireNonNull(feed, "an iteration is played");
    }

    private Batch batch() {
        Tensor images = Ops.rows(feed().images, taken, taken + settings.batch());
        Tensor labels = Ops.rows(feed().labels, taken, taken + settings.batch());
        taken += settings.batch();
        return new Batch(images, labels, labels);
    }

    /** The latent and the labels of one micro batch. */
    private record Given(Tensor z, Tensor y) implements Draws {
        @Override
        public Tensor normal(long... shape) {
            return z.view(shape);
        }

        @Override
        public Tensor uniform(long... shape) {
            throw new IllegalStateException("nothing uniform is drawn here");
        }

        @Override
        public Tensor ints(long high, long... shape) {
            return y.view(shape);
        }
    }

    private static final class ToyGenerator implements Generator {
        private final Module module = new Module();
        private final Linear linear;
        private final Embedding labels;

        ToyGenerator(Layers layers) {
            linear = module.child("linear", layers.linear(2, 3, true));
            labels = module.child("labels", layers.embedding(2, 3));
        }

        @Override
        public LatentSpace space() {
            return new LatentSpace(2, Prior.GAUSSIAN, null);
        }

        @Override
        public Tensor draw(Code code, Forward f) {
            return linear.apply(code.w(), f).add(labels.apply(code.labels(), f)).tanh();
        }

        @Override
        public Module module() {
            return module;
        }
    }

    private static final class ToyDiscriminator implements Discriminator {
        private final Module module = new Module();
        private final Linear linear;
        private final HeadSite site;

        ToyDiscriminator(Layers layers) {
            linear = module.child("linear", layers.linear(3, 4, true));
            site = new HeadSite(module, layers, 4);
        }

        @Override
        public Features trunk(Tensor images, Forward f) {
            Tensor h = linear.apply(images, f).relu();
            return Features.of(h, 1, h.view(-1, 4, 1, 1));
        }

        @Override
        public HeadSite site() {
            return site;
        }

        @Override
        public Module module() {
            return module;
        }
    }
}
