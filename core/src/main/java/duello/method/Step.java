package duello.method;

import duello.model.Code;
import duello.model.Head;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import java.util.List;
import java.util.function.Supplier;
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
    private final Table table;
    private final Player player;
    private final long number;
    private final long batchSize;
    private final StepInputs inputs;
    private final Chain chain;
    private final Views views;
    private final Memo memo = new Memo();
    private boolean repeated;
    private @Nullable Batch batch;
    private @Nullable Tensor real;
    private @Nullable Latent latent;
    private @Nullable Code code;
    private @Nullable Tensor rawFake;
    private @Nullable Tensor fake;

    /** A step of iteration {@code number} for {@code player} with {@code batchSize} fakes. */
    public Step(Table table, Player player, long number, long batchSize, StepInputs inputs) {
        this.table = table;
        this.player = player;
        this.number = number;
        this.batchSize = batchSize;
        this.inputs = inputs;
        this.chain = inputs.chain();
        this.views = new Views(this, chain);
    }

    /** A step on the images of an earlier one. */
    public Step on(StepImages earlier) {
        repeated = true;
        batch = earlier.real();
        latent = earlier.latent();
        rawFake = earlier.fake();
        return this;
    }

    /** Whether it looks at the images of an earlier step once more. */
    public boolean repeated() {
        return repeated;
    }

    /** The images that this step has asked for so far; they die with it unless they are attached to another scope. */
    public StepImages images() {
        return new StepImages(batch, latent, rawFake == null ? null : rawFake.detach());
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
        views.closedDuring(() -> terms.forEach(t -> t.prepare(this)));
    }

    // ---- images

    /** Real images before augmentation, {@code [B, 3, H, W]} in [-1, 1]; in the generator's turn a fresh batch. */
    public Tensor real() {
        if (real == null) {
            real = chain.prepared(this, Origin.REAL, batch().images());
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
            batch = inputs.real().get();
        }
        return batch;
    }

    /** The main latent, its labels uniform over classes. */
    public Latent latent() {
        if (latent == null) {
            latent = chain.way().refined(this, latent("main", batchSize));
        }
        return latent;
    }

    /** A further latent of a stream of its own; it passes no latent steps. */
    public Latent latent(String stream, long count) {
        Tensor z = table.generator().space().draw(draws(stream + ".z"), count);
        return new Latent(z, draws(stream + ".labels").ints(table.domain().classes(), count));
    }

    /** The main code. */
    public Code code() {
        if (code == null) {
            code = chain.way().refined(this, latent(), table.generator().map(latent(), mainForward()), "");
        }
        return code;
    }

    /** What a further latent is mapped to, by a pass at the term's side; it passes the code steps. */
    public Code code(Latent further, String stream) {
        return chain.way().refined(this, further, table.generator().map(further, side(stream)), stream + ".");
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
            fake = chain.prepared(this, Origin.FAKE, rawFake());
        }
        return fake;
    }

    /** What a pass is made with that is like this run's other passes, such as in where its batch statistics come from. */
    public Forward pass(Forward f) {
        return chain.passes().apply(f);
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
        return views.onReal();
    }

    /** The main view of the fakes, augmented; in the discriminator's turn the reals are looked at first. */
    public Judged onFake() {
        return views.onFake();
    }

    /** A further pass, without augmentation. */
    public Judged judge(Tensor images, Tensor labels, Origin origin) {
        return views.further(images, labels, origin, Forward.TRAINING);
    }

    /** The same through another augmentation than the recipe's; it does not count as augmented. */
    public Judged judge(Tensor images, Tensor labels, Origin origin, Augment other, String stream) {
        return judge(other.apply(images, draws(stream)), labels, origin);
    }

    /** A further pass, without augmentation, in which {@code tap} sees, and may replace, the trunk's named maps. */
    public Judged judge(Tensor images, Tensor labels, Origin origin, Forward.Tap tap) {
        return views.further(images, labels, origin, Forward.TRAINING.with(tap));
    }

    /** A further pass through the recipe's augmentation with draws of its own. */
    public Judged judgeAugmented(Tensor images, Tensor labels, Origin origin, String stream) {
        return views.furtherAugmented(images, labels, origin, stream);
    }

    /**
     * One of the trunk's named maps of images, in a pass without augmentation that is nobody's view and leaves no trace;
     * what comes after that map is not computed where the family can stop.
     *
     * @param tap sees, and may replace, the maps up to it
     */
    public Tensor map(String layer, Tensor images, Forward.Tap tap) {
        return views.map(layer, images, Forward.TRACELESS.with(tap));
    }

    /** Every view so far, in order. */
    public List<Judged> judged() {
        return views.made();
    }

    /** The head whose output the adversarial loss reads in this step. */
    public Head logit() {
        return views.logit();
    }

    // ---- for terms

    /** The draws of a stream at this place of the run. Name the stream after the asker. */
    public Draws draws(String stream) {
        return inputs.draws().of(stream);
    }

    /** The same in every process: for choices that decide which parameters take part. */
    public Draws shared(String stream) {
        return inputs.draws().shared(stream);
    }

    /** A value that {@code owner} needs more than once in this step; two owners never collide. */
    public <T> T memo(Object owner, String name, Supplier<T> compute) {
        return memo.get(owner, name, compute);
    }
}
