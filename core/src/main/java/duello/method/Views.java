package duello.method;

import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Head;
import duello.torch.Forward;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The discriminator's passes in one step: the main views of reals and fakes, each made once, and those that terms ask for.
 *
 * <p>Passes have an order that shows, for spectral normalisation and batch normalisation have state. It is always the same:
 * the main views come first, and of them, in the discriminator's turn, the reals.
 */
final class Views {
    private final Step step;
    private final Chain chain;
    private final List<Judged> made = new ArrayList<>();
    private boolean closed;
    private @Nullable Judged onReal;
    private @Nullable Judged onFake;
    private @Nullable Head logit;

    /** @param step whose images are looked at; not asked for anything yet */
    Views(Step step, Chain chain) {
        this.step = step;
        this.chain = chain;
    }

    /** Runs {@code body}, which may not look at anything. */
    void closedDuring(Runnable body) {
        closed = true;
        body.run();
        closed = false;
    }

    Judged onReal() {
        if (onReal == null) {
            onReal = look(augmented(step.real(), step.labels(), Origin.REAL, "augment.real"), Forward.TRAINING);
        }
        return onReal;
    }

    Judged onFake() {
        if (onFake == null) {
            if (step.player() == Player.DISCRIMINATOR) {
                onReal();
            }
            onFake =
                    look(augmented(step.fake(), step.latent().labels(), Origin.FAKE, "augment.fake"), Forward.TRAINING);
        }
        return onFake;
    }

    /** A further pass of images as they are. */
    Judged further(Tensor images, Tensor labels, Origin origin, Forward f) {
        mainFirst();
        return look(new Judged.View(images, labels, origin, false), f);
    }

    /** A further pass through the recipe's augmentation. */
    Judged furtherAugmented(Tensor images, Tensor labels, Origin origin, String stream) {
        mainFirst();
        return look(augmented(images, labels, origin, stream), Forward.TRAINING);
    }

    /** A map of images, in a pass that is no view. */
    Tensor map(String layer, Tensor images, Forward f) {
        mainFirst();
        open();
        return step.table().discriminator().map(layer, images, step.pass(f));
    }

    /** Every view so far, in order. */
    List<Judged> made() {
        return List.copyOf(made);
    }

    /** The head that gives the logit; chosen once. */
    Head logit() {
        if (logit == null) {
            logit = chain.judges().logit(step);
        }
        return logit;
    }

    private void mainFirst() {
        if (chain.adversarial()) {
            onFake();
        }
    }

    private Judged.View augmented(Tensor images, Tensor labels, Origin origin, String stream) {
        return new Judged.View(chain.augmented(step, images, stream), labels, origin, true);
    }

    private Judged look(Judged.View view, Forward asked) {
        open();
        Forward f = step.pass(asked);
        Judged.Heads heads = new Judged.Heads(logit(), chain.judges().compared());
        Judged judged = new Judged(view, observed(view.images(), f, logit().layer()), f, heads);
        made.add(judged);
        return judged;
    }

    private Features observed(Tensor images, Forward f, @Nullable String enough) {
        Discriminator d = step.table().discriminator();
        return enough == null ? d.observed(images, f) : d.observed(images, f, enough);
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("a term asked for a pass of the discriminator while preparing");
        }
    }
}
