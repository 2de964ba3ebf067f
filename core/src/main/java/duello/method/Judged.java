package duello.method;

import duello.model.Features;
import duello.model.Head;
import duello.torch.Forward;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** One pass of the discriminator over a batch. Heads are read when asked, each once. */
public final class Judged {
    private final Tensor images;
    private final Tensor labels;
    private final Origin origin;
    private final boolean augmented;
    private final Features features;
    private final Forward forward;
    private final Heads heads;
    private final Map<Head, Tensor> read = new IdentityHashMap<>();

    Judged(View view, Features features, Forward forward, Heads heads) {
        this.images = view.images();
        this.labels = view.labels();
        this.origin = view.origin();
        this.augmented = view.augmented();
        this.features = features;
        this.forward = forward;
        this.heads = heads;
    }

    /**
     * What is looked at.
     *
     * @param images as the trunk saw them
     * @param labels int64 {@code [B]}
     * @param augmented whether they went through the recipe's augmentation
     */
    record View(Tensor images, Tensor labels, Origin origin, boolean augmented) {}

    /**
     * What can be read of every view.
     *
     * @param logit the logit head
     * @param compared the other heads that consistency regularisers compare
     */
    record Heads(Head logit, List<Head> compared) {}

    public Tensor images() {
        return images;
    }

    public Tensor labels() {
        return labels;
    }

    public Origin origin() {
        return origin;
    }

    /** Whether the images went through the recipe's augmentation. */
    public boolean augmented() {
        return augmented;
    }

    public Features features() {
        return features;
    }

    /** How the pass was made; a head read outside {@link #read} is read the same way. */
    public Forward forward() {
        return forward;
    }

    /** The head's output for the images' own labels. */
    public Tensor read(Head head) {
        return read.computeIfAbsent(head, h -> h.read(features, labels, forward));
    }

    /** The head's output for given labels; computed anew unless they are the images' own tensor of labels. */
    public Tensor read(Head head, Tensor otherLabels) {
        return otherLabels == labels ? read(head) : head.read(features, otherLabels, forward);
    }

    /** The logit head's raw output. */
    public Tensor logit() {
        return read(heads.logit);
    }

    /** One number of realness per image, {@code [B]}, whatever the logit's shape. */
    public Tensor score() {
        return heads.logit.score(logit());
    }

    /** What consistency regularisers compare between two views: the raw logit and what other heads offer. */
    public List<Tensor> compared() {
        List<Tensor> all = new ArrayList<>();
        all.add(logit());
        heads.compared.forEach(h -> all.add(read(h)));
        return all;
    }
}
