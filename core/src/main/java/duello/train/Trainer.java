package duello.train;

import duello.catalog.ProgressListener;
import duello.method.Method;
import duello.method.Player;
import duello.method.StepInputs;
import duello.method.Streams;
import duello.method.Table;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;

/**
 * Plays discriminator and generator against each other, iteration by iteration. It knows the roles of methods and none
 * by name; what an iteration does is {@link #iterate} and {@link Turn#play}.
 *
 * <p>A run is a function of its settings, its data and the number of threads: the same again gives the same bits, and a
 * run that was saved and loaded goes on as if it had not stopped.
 */
public final class Trainer implements AutoCloseable {
    /** How often losses are read to see whether they are finite where reading makes the device wait. */
    private static final int CHECK_EVERY = 50;

    private final Setup setup;
    private final Table table;
    private final Roles roles;
    private final Turn discriminator;
    private final Turn generator;
    private final Feed feed;
    private final Gauges gauges = new Gauges();
    private long step;
    private boolean begun;

    /** Builds everything fresh, on the device of the settings. */
    public Trainer(Setup setup) {
        this.setup = setup;
        TrainSettings train = setup.train();
        Device device = Devices.named(train.device());
        Seating seating = Seating.of(setup, device);
        this.table = seating.table();
        this.roles = Roles.of(setup, table);
        seating.begin(table);
        this.feed = new Feed(setup.images(), train, setup.collective(), device);
        this.discriminator = new Turn(table, Player.DISCRIMINATOR, roles, train, this::inputs, gauges);
        this.generator = new Turn(table, Player.GENERATOR, roles, train, this::inputs, gauges);
    }

    private StepInputs inputs(Turn.Place at) {
        return new StepInputs(feed::next, roles.chain(), new Streams() {
            @Override
            public Draws of(String stream) {
                return draws(stream, setup.collective().rank());
            }

            @Override
            public Draws shared(String stream) {
                return draws("shared." + stream, 0);
            }

            private Draws draws(String stream, int rank) {
                String place = at.player() + "." + at.pass() + stream;
                return Trainer.this.draws(place, at.step(), at.update(), at.micro(), rank);
            }
        });
    }

    private Draws draws(String stream, long... coordinates) {
        return new SeededDraws(Seeds.derive(setup.train().seed(), stream, coordinates), table.device());
    }

    /** Iterations done. */
    public long step() {
        return step;
    }

    /** What the players sit at. */
    public Table table() {
        return table;
    }

    /**
     * One iteration: each player's turns, in the recipe's order.
     *
     * @throws Diverged if a loss is not finite
     */
    public void iterate() {
        begin(ProgressListener.NONE);
        Turns turns = setup.train().updates();
        if (turns.discriminatorFirst()) {
            play(discriminator, turns.discriminator());
        }
        for (int update = 0; update < turns.generator(); update++) {
            generator.play(step, update);
            average();
        }
        if (!turns.discriminatorFirst()) {
            play(discriminator, turns.discriminator());
        }
        roles.hooks().forEach(h -> h.afterIteration(step));
        check();
        step++;
    }

    /**
     * What methods find out before the first iteration, such as how much each weight matters; the first iteration does it
     * itself where nobody asked. Nothing happens once it is done. Each method has draws of its own, wherever it
     * stands; several of one kind are told apart by their order.
     *
     * @param progress hears of what takes longer; if it throws, what was begun is begun anew the next time
     */
    public void begin(ProgressListener progress) {
        if (step > 0 || begun) {
            return;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (Method method : roles.all()) {
            String kind = method.getClass().getName();
            method.begin(table, draws("begin." + kind, counts.merge(kind, 1, Integer::sum)), progress);
        }
        begun = true;
    }

    private void play(Turn turn, int updates) {
        for (int update = 0; update < updates; update++) {
            turn.play(step, update);
        }
    }

    private void average() {
        TrainSettings train = setup.train();
        if (train.average() != null) {
            long images = (long) train.batch()
                    * train.accumulate()
                    * setup.collective().size();
            train.average().update(table.average().module(), table.generator().module(), step, images);
        }
    }

    private void check() {
        if (table.device().is_cpu() || step % CHECK_EVERY == 0) {
            gauges.firstNotFinite().ifPresent(part -> {
                throw new Diverged(part, step);
            });
        }
    }

    /**
     * The last value of every part of both losses, such as {@code discriminator.class}, and what methods measure; waits
     * for the device.
     */
    public Map<String, Double> losses() {
        Map<String, Double> values = new LinkedHashMap<>(gauges.read());
        roles.measures().forEach((name, value) -> values.put(name, value.item_double()));
        return values;
    }

    /** Draws from a copy of the averaged generator as it is now, with nothing special. */
    public Sampler sampler() {
        return sampler(SamplingSettings.PLAIN);
    }

    /**
     * Draws from a copy of the averaged generator as it is now, through the latent steps of the recipe that take part in
     * sampling; the discriminator they ask is the one of this moment, so draw before training goes on.
     *
     * @throws duello.catalog.Failure if the settings mean nothing for this generator
     */
    public Sampler sampler(SamplingSettings settings) {
        List<Method> built = roles.all()
                .subList(
                        roles.all().size() - setup.methods().size(), roles.all().size());
        return new Sampler(
                Seating.copy(setup, table.average(), table.device()),
                table.domain().classes(),
                table.device(),
                settings,
                LatentChain.of(setup.methods(), built, table));
    }

    /** Writes everything that going on needs to a new directory, whole or not at all. */
    public void save(Path directory, Map<String, byte[]> extras) {
        Checkpoint.save(directory, this, extras);
    }

    /** Writes what drawing and scoring need, without the discriminator and the optimisers, whole or not at all. */
    public void saveGenerator(Path directory, Map<String, byte[]> extras) {
        Checkpoint.saveGenerator(directory, this, extras);
    }

    /**
     * Goes on from a checkpoint as if training had never stopped.
     *
     * @throws duello.catalog.Failure if it is damaged or of other networks; nothing is changed then
     */
    public void load(Path directory) {
        Checkpoint.load(directory, this);
    }

    /** Looks at the losses as the weights are whenever it is asked; it may be kept for as long as this trainer is. */
    public Probe probe(Probe.Reals reals, int batches, long seed) {
        return new Probe(
                table, roles, reals, new Probe.Settings(batches, setup.train().batch(), seed, step));
    }

    Roles roles() {
        return roles;
    }

    Turn turn(Player player) {
        return player == Player.GENERATOR ? generator : discriminator;
    }

    Feed feed() {
        return feed;
    }

    Setup setup() {
        return setup;
    }

    void step(long done) {
        step = done;
    }

    /** As if so many iterations were done and their batches drawn. */
    void skipTo(long done) {
        TrainSettings train = setup.train();
        feed.seek(done * train.updates().discriminator() * train.accumulate());
        step = done;
    }

    @Override
    public void close() {
        feed.close();
    }
}
