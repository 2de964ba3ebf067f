package duello.method;

import duello.model.Code;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Head;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One micro batch of one player's turn. Computes on demand, once: the real batch, latents, fakes, and the
 * discriminator's main views of both; further views as terms ask for them. Every tensor lives until the step closes.
 *
 * <p>Nothing is detached for the opponent: its parameters are frozen, which is enough. Main views come first, reals
 * before fakes, whatever the order of terms, so that adding a term changes nobody else's numbers.
 */
public final class Step {
    /**
     * What images and latents pass in every step of a run, each list in the recipe's order.
     *
     * @param way what passes before there is an image
     * @param judges what is read of every view
     * @param adversarial whether the main views are made before any side pass
     * @param passes what every pass through a network is made with in place of what was asked for
     */
    public record Chain(
            Way way,
            List<Prepare> prepares,
            List<Augment> augments,
            Judges judges,
            boolean adversarial,
            UnaryOperator<Forward> passes) {
        /** What latents pass before the generator maps them, and codes before it draws. */
        public record Way(List<LatentStep> latents, List<CodeStep> codes) {
            /** Nothing. */
            public static final Way PLAIN = new Way(List.of(), List.of());
        }

        /**
         * What is read of every view.
         *
         * @param compared the heads besides the logit that consistency regularisers compare
         * @param referee who may let another head than the table's give the logit; null for nobody
         */
        public record Judges(List<Head> compared, @Nullable Referee referee) {
            /** The table's logit head alone. */
            public static final Judges PLAIN = new Judges(List.of(), null);
        }

        /** Nothing on the way. */
        public static final Chain PLAIN =
                new Chain(Way.PLAIN, List.of(), List.of(), Judges.PLAIN, true, UnaryOperator.identity());

        /** The same for an update in which one term is alone. */
        public Chain alone() {
            return new Chain(way, prepares, augments, judges, false, passes);
        }

        /** The same with other passes. */
        public Chain with(UnaryOperator<Forward> others) {
            return new Chain(way, prepares, augments, judges, adversarial, others);
        }
    }

    /**
     * What the trainer puts into a step.
     *
     * @param real draws a batch of training images
     * @param draws the draws of a stream at this step's place
     */
    public record Inputs(Supplier<Batch> real, Chain chain, Streams draws) {}

    /** Where a step's draws come from. */
    @FunctionalInterface
    public interface Streams {
        /** The draws of a stream. */
        Draws of(String stream);

        /** The draws of a stream that are the same in every process of the run. */
        default Draws shared(String stream) {
            return of(stream);
        }
    }

    /**
     * What the images of one step were, for another on the same ones.
     *
     * @param fake before preparation and augmentation, without gradient
     */
    public record Images(
            @Nullable Batch real,
            @Nullable Latent latent,
            @Nullable Tensor fake) {}

    private record Key(Object owner, String name) {}

    private final Table table;
    private final Player player;
    private final long number;
    private final long batchSize;
    private final Inputs inputs;
    private final List<Judged> judged = new ArrayList<>();
    private final Map<Key, Object> memo = new HashMap<>();
    private boolean preparing;
    private boolean repeated;
    private @Nullable Batch batch;
    private @Nullable Tensor real;
    private @Nullable Latent latent;
    private @Nullable Code code;
    private @Nullable Tensor rawFake;
    private @Nullable Tensor fake;
    private @Nullable Judged onReal;
    private @Nullable Judged onFake;
    private @Nullable Head logit;

    /** A step of iteration {@code number} for {@code player} with {@code batchSize} fakes. */
    public Step(Table table, Player player, long number, long batchSize, Inputs inputs) {
        this.table = table;
        this.player = player;
        this.number = number;
        this.batchSize = batchSize;
        this.inputs = inputs;
    }

    /** A step on the images of an earlier one. */
    public Step on(Images earlier) {
        repeated = true;
        batch = earlier.real;
        latent = earlier.latent;
        rawFake = earlier.fake;
        return this;
    }

    /** Whether it looks at the images of an earlier step once more. */
    public boolean repeated() {
        return repeated;
    }

    /** The images that this step has asked for so far; they die with it unless they are attached to another scope. */
    public Images images() {
        return new Images(batch, latent, rawFake == null ? null : rawFake.detach());
    }

    public Player player() {
        return player;
    }

    /** The iteration, counted from 0. */
    public long number() {
        return number;
    }

    public Table table() {
        return table;
    }

    /** How many fakes the main batch has. */
    public long size() {
        return batchSize;
    }

    /** Lets every term mark what needs a gradient; the discriminator may not look at anything meanwhile. */
    public void prepare(List<Term> terms) {
        preparing = true;
        terms.forEach(t -> t.prepare(this));
        preparing = false;
    }

    // ---- images

    /** Real images before augmentation, {@code [B, 3, H, W]} in [-1, 1]; in the generator's turn a fresh batch. */
    public Tensor real() {
        if (real == null) {
            real = prepared(Origin.REAL, batch().images());
        }
        return real;
    }

    /** The real images' labels. */
    public Tensor labels() {
        return batch().labels();
    }

    /** Which images of the dataset the reals are. */
    public Tensor ids() {
        return batch().ids();
    }

    private Batch batch() {
        if (batch == null) {
            batch = inputs.real.get();
        }
        return batch;
    }

    private Tensor prepared(Origin origin, Tensor images) {
        Tensor x = images;
        for (Prepare p : inputs.chain.prepares) {
            x = p.prepare(this, origin, x);
        }
        return x;
    }

    /** The main latent, its labels uniform over classes. */
    public Latent latent() {
        if (latent == null) {
            latent = refined(latent("main", batchSize));
        }
        return latent;
    }

    private Latent refined(Latent drawn) {
        Latent l = drawn;
        for (int i = 0; i < inputs.chain.way.latents.size(); i++) {
            LatentStep step = inputs.chain.way.latents.get(i);
            LatentStep.Critic critic = at -> table.score(at, side("latent"));
            l = step.refine(this, critic, l, draws("latent." + i));
        }
        return l;
    }

    /** A further latent of a stream of its own; it passes no latent steps. */
    public Latent latent(String stream, long count) {
        Tensor z = table.generator().space().draw(draws(stream + ".z"), count);
        return new Latent(z, draws(stream + ".labels").ints(table.domain().classes(), count));
    }

    /** The main code. */
    public Code code() {
        if (code == null) {
            code = refined(latent(), table.generator().map(latent(), mainForward()), "");
        }
        return code;
    }

    /** What a further latent is mapped to, by a pass at the term's side; it passes the code steps. */
    public Code code(Latent further, String stream) {
        return refined(further, table.generator().map(further, side(stream)), stream + ".");
    }

    private Code refined(Latent from, Code mapped, String prefix) {
        Code c = mapped;
        List<CodeStep> steps = inputs.chain.way.codes;
        for (int i = 0; i < steps.size(); i++) {
            c = steps.get(i).refine(this, from, c, draws(prefix + "code." + i));
        }
        return c;
    }

    /** Generated images as the generator made them. */
    public Tensor rawFake() {
        if (rawFake == null) {
            rawFake = table.generator().draw(code(), mainForward());
        }
        return rawFake;
    }

    /** Generated images before augmentation. */
    public Tensor fake() {
        if (fake == null) {
            fake = prepared(Origin.FAKE, rawFake());
        }
        return fake;
    }

    /** What a pass is made with that is like this run's other passes, such as in where its batch statistics come from. */
    public Forward pass(Forward f) {
        return inputs.chain.passes.apply(f);
    }

    /** A pass of the generator at this term's side: it leaves no trace, and its noise is of a stream of its own. */
    public Forward side(String stream) {
        return pass(Forward.TRACELESS.withNoise(Forward.Noise.drawn(draws(stream + ".noise"))));
    }

    /** The noise of the main fakes, from its first map on. */
    public Forward.Noise noise() {
        return Forward.Noise.drawn(draws("noise"));
    }

    /** The generator's running statistics move in its own turn only, the averages of its mapping in the other's. */
    private Forward mainForward() {
        Forward f = player == Player.GENERATOR ? Forward.TRAINING : Forward.OPPOSING;
        return pass(f.withNoise(noise()));
    }

    // ---- the discriminator's passes

    /** The main view of the reals, augmented. */
    public Judged onReal() {
        if (onReal == null) {
            onReal = look(augmented(real(), "augment.real"), labels(), Origin.REAL, true);
        }
        return onReal;
    }

    /** The main view of the fakes, augmented; in the discriminator's turn the reals are looked at first. */
    public Judged onFake() {
        if (onFake == null) {
            if (player == Player.DISCRIMINATOR) {
                onReal();
            }
            onFake = look(augmented(fake(), "augment.fake"), latent().labels(), Origin.FAKE, true);
        }
        return onFake;
    }

    /** A further pass, without augmentation. */
    public Judged judge(Tensor images, Tensor labels, Origin origin) {
        mainViewsFirst();
        return look(images, labels, origin, false);
    }

    /** The same through another augmentation than the recipe's; it does not count as augmented. */
    public Judged judge(Tensor images, Tensor labels, Origin origin, Augment other, String stream) {
        return judge(other.apply(images, draws(stream)), labels, origin);
    }

    /** A further pass, without augmentation, in which {@code tap} sees, and may replace, the trunk's named maps. */
    public Judged judge(Tensor images, Tensor labels, Origin origin, Forward.Tap tap) {
        mainViewsFirst();
        return look(new Judged.View(images, labels, origin, false), pass(Forward.TRAINING.with(tap)));
    }

    /** A further pass through the recipe's augmentation with draws of its own. */
    public Judged judgeAugmented(Tensor images, Tensor labels, Origin origin, String stream) {
        mainViewsFirst();
        return look(augmented(images, stream), labels, origin, true);
    }

    /**
     * One of the trunk's named maps of images, in a pass without augmentation that is nobody's view and leaves no trace;
     * what comes after that map is not computed where the family can stop.
     *
     * @param tap sees, and may replace, the maps up to it
     */
    public Tensor map(String layer, Tensor images, Forward.Tap tap) {
        mainViewsFirst();
        looking();
        return table.discriminator().map(layer, images, pass(Forward.TRACELESS.with(tap)));
    }

    /** Every pass so far, in order. */
    public List<Judged> judged() {
        return List.copyOf(judged);
    }

    private void mainViewsFirst() {
        if (inputs.chain.adversarial) {
            onFake();
        }
    }

    private Judged look(Tensor images, Tensor labels, Origin origin, boolean augmented) {
        return look(new Judged.View(images, labels, origin, augmented), pass(Forward.TRAINING));
    }

    private Judged look(Judged.View view, Forward f) {
        looking();
        Judged.Heads heads = new Judged.Heads(logit(), inputs.chain.judges.compared);
        Judged j = new Judged(view, observed(view.images(), f, logit().layer()), f, heads);
        judged.add(j);
        return j;
    }

    private Features observed(Tensor images, Forward f, @Nullable String enough) {
        Discriminator d = table.discriminator();
        return enough == null ? d.observed(images, f) : d.observed(images, f, enough);
    }

    private void looking() {
        if (preparing) {
            throw new IllegalStateException("a term asked for a pass of the discriminator while preparing");
        }
    }

    /** The head whose output the adversarial loss reads in this step. */
    public Head logit() {
        Head head = logit;
        if (head == null) {
            Referee referee = inputs.chain.judges.referee;
            Head other = referee == null ? null : referee.logit(this);
            head = other == null ? table.logit() : other;
            logit = head;
        }
        return head;
    }

    private Tensor augmented(Tensor images, String stream) {
        Tensor x = images;
        for (int i = 0; i < inputs.chain.augments.size(); i++) {
            x = inputs.chain.augments.get(i).apply(x, draws(stream + "." + i));
        }
        return x;
    }

    // ---- for terms

    /** The draws of a stream at this place of the run. Name the stream after the asker. */
    public Draws draws(String stream) {
        return inputs.draws.of(stream);
    }

    /** The same in every process: for choices that decide which parameters take part. */
    public Draws shared(String stream) {
        return inputs.draws.shared(stream);
    }

    /** A value that {@code owner} needs more than once in this step; two owners never collide. */
    @SuppressWarnings("unchecked")
    public <T> T memo(Object owner, String name, Supplier<T> compute) {
        Key key = new Key(owner, name);
        Object value = memo.get(key);
        if (value == null) {
            value = compute.get();
            memo.put(key, value);
        }
        return (T) value;
    }
}
