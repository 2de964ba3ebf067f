package duello.method;

import duello.model.Code;
import duello.model.Head;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** What the trainer puts into a step. */
    public record Inputs(Supplier<Batch> real, List<Augment> augments, Function draws, boolean adversarial) {
        /** The draws of a stream at this step's place. */
        @FunctionalInterface
        public interface Function {
            Draws of(String stream);
        }
    }

    private record Key(Object owner, String name) {}

    private final Table table;
    private final Player player;
    private final long number;
    private final long batchSize;
    private final Inputs inputs;
    private final List<Judged> judged = new ArrayList<>();
    private final Map<Key, Object> memo = new HashMap<>();
    private boolean preparing;
    private @Nullable Batch real;
    private @Nullable Latent latent;
    private @Nullable Code code;
    private @Nullable Tensor fake;
    private @Nullable Judged onReal;
    private @Nullable Judged onFake;

    /** A step of iteration {@code number} for {@code player} with {@code batchSize} fakes. */
    public Step(Table table, Player player, long number, long batchSize, Inputs inputs) {
        this.table = table;
        this.player = player;
        this.number = number;
        this.batchSize = batchSize;
        this.inputs = inputs;
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

    /** Lets every term mark what needs a gradient; the discriminator may not look at anything meanwhile. */
    public void prepare(List<Term> terms) {
        preparing = true;
        terms.forEach(t -> t.prepare(this));
        preparing = false;
    }

    // ---- images

    /** Real images before augmentation, {@code [B, 3, H, W]} in [-1, 1]; in the generator's turn a fresh batch. */
    public Tensor real() {
        return batch().images();
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
        if (real == null) {
            real = inputs.real.get();
        }
        return real;
    }

    /** The main latent, its labels uniform over classes. */
    public Latent latent() {
        if (latent == null) {
            latent = latent("main", batchSize);
        }
        return latent;
    }

    /** A further latent of a stream of its own. */
    public Latent latent(String stream, long count) {
        Tensor z = table.generator().latents(draws(stream + ".z"), count);
        return new Latent(z, draws(stream + ".labels").ints(table.domain().classes(), count));
    }

    /** The main code. */
    public Code code() {
        if (code == null) {
            code = table.generator().map(latent(), mainForward());
        }
        return code;
    }

    /** Generated images before augmentation. */
    public Tensor fake() {
        if (fake == null) {
            fake = table.generator().draw(code(), mainForward());
        }
        return fake;
    }

    /** The generator's running statistics move in its own turn only. */
    private Forward mainForward() {
        return player == Player.GENERATOR ? Forward.TRAINING : Forward.TRACELESS;
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

    /** A further pass through the recipe's augmentation with draws of its own. */
    public Judged judgeAugmented(Tensor images, Tensor labels, Origin origin, String stream) {
        mainViewsFirst();
        return look(augmented(images, stream), labels, origin, true);
    }

    /** Every pass so far, in order. */
    public List<Judged> judged() {
        return List.copyOf(judged);
    }

    private void mainViewsFirst() {
        if (inputs.adversarial) {
            onFake();
        }
    }

    private Judged look(Tensor images, Tensor labels, Origin origin, boolean augmented) {
        if (preparing) {
            throw new IllegalStateException("a term asked for a pass of the discriminator while preparing");
        }
        Judged.View view = new Judged.View(images, labels, origin, augmented);
        Judged j = new Judged(view, table.discriminator().trunk(images, Forward.TRAINING), Forward.TRAINING, logit());
        judged.add(j);
        return j;
    }

    private Head logit() {
        return table.logit();
    }

    private Tensor augmented(Tensor images, String stream) {
        Tensor x = images;
        for (int i = 0; i < inputs.augments.size(); i++) {
            x = inputs.augments.get(i).apply(x, draws(stream + "." + i));
        }
        return x;
    }

    // ---- for terms

    /** The draws of a stream at this place of the run. Name the stream after the asker. */
    public Draws draws(String stream) {
        return inputs.draws.of(stream);
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
