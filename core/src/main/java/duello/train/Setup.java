package duello.train;

import duello.data.Dataset;
import duello.dist.Collective;
import duello.method.Adversarial;
import duello.method.Method;
import duello.method.Table;
import duello.model.Backbone;
import duello.model.ImageDomain;
import duello.model.LogitHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run is built from.
 *
 * @param players the networks and what is read off the discriminator
 * @param adversarial the adversarial loss
 * @param methods in the recipe's order
 * @param train how long, how fast, on what
 * @param data the images
 * @param collective the processes of the run
 */
public record Setup(
        Players players,
        Adversarial adversarial,
        List<Method> methods,
        TrainSettings train,
        Table.Data data,
        Collective collective) {
    /**
     * The networks and the head whose output the adversarial loss reads.
     *
     * @param source whose weights they start from; null for fresh ones
     */
    public record Players(
            Backbone backbone, LogitHead logit, @Nullable Source source) {
        /** Networks that start from fresh weights. */
        public Players(Backbone backbone, LogitHead logit) {
            this(backbone, logit, null);
        }
    }

    public Setup {
        methods = List.copyOf(methods);
    }

    /** The networks with what methods put around the generator. */
    Wrapped backbone() {
        return Wrapped.of(players.backbone(), methods);
    }

    ImageDomain domain() {
        return new ImageDomain(images().resolution(), images().classes().size());
    }

    /** The training images. */
    Dataset images() {
        Dataset images = data.train();
        if (images == null) {
            throw new IllegalArgumentException("there is nothing to train on");
        }
        return images;
    }
}
