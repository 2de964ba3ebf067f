package duello.method;

import duello.data.Dataset;
import duello.dist.Collective;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.model.Latent;
import duello.torch.Forward;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What the players sit at: everything that lives as long as the run.
 *
 * @param networks the players' networks
 * @param domain size and classes of the images
 * @param data the images
 * @param device where tensors live
 * @param collective the processes of this run
 * @param boundary the score above which the adversarial loss takes an image for real
 */
public record Table(
        Networks networks, ImageDomain domain, Data data, Device device, Collective collective, double boundary) {
    /** A table whose adversarial loss takes images with scores above 0 for real. */
    public Table(Networks networks, ImageDomain domain, Data data, Device device, Collective collective) {
        this(networks, domain, data, device, collective, 0);
    }

    /**
     * The players' networks.
     *
     * @param generator the one that is trained
     * @param average its moving average, or the generator itself when there is none
     * @param discriminator the trunk
     * @param logit the one head whose output the adversarial loss reads
     * @param source the generator that the run started from, frozen; null for a run that started from fresh weights
     */
    public record Networks(
            Generator generator,
            Generator average,
            Discriminator discriminator,
            Head logit,
            @Nullable Generator source) {
        /** Networks that started from fresh weights. */
        public Networks(Generator generator, Generator average, Discriminator discriminator, Head logit) {
            this(generator, average, discriminator, logit, null);
        }
    }

    /**
     * The images, as far as there are any: networks can sit at a table without.
     *
     * @param train what is learnt from
     * @param heldBack opens images of the same kind that are not learnt from
     */
    public record Data(@Nullable Dataset train, Supplier<Dataset> heldBack) {
        /** A table without images. */
        public static final Data NONE = new Data(null, () -> {
            throw new IllegalStateException("there are no images at this table");
        });
    }

    /** The generator that is trained. */
    public Generator generator() {
        return networks.generator;
    }

    /** Its moving average, or the generator itself when there is none. */
    public Generator average() {
        return networks.average;
    }

    /**
     * The generator that the run started from, as it was and without what methods put around it; it never moves.
     *
     * @throws IllegalStateException if the run started from fresh weights; a method that asks {@linkplain
     *     Method#needsSource says so}
     */
    public Generator source() {
        Generator source = networks.source;
        if (source == null) {
            throw new IllegalStateException("this run started from fresh weights, so there is no source");
        }
        return source;
    }

    /** The discriminator's trunk. */
    public Discriminator discriminator() {
        return networks.discriminator;
    }

    /** The head whose output the adversarial loss reads. */
    public Head logit() {
        return networks.logit;
    }

    /** How real the discriminator finds images, {@code [B]}: a pass that is nobody's view and leaves no trace. */
    public Tensor score(Tensor images, Tensor labels, Forward f) {
        return logit().score(logit().read(discriminator().trunk(images, f), labels, f));
    }

    /** How real the discriminator finds what the trained generator makes of latents, {@code [B]}. */
    public Tensor score(Latent latent, Forward f) {
        return score(generator().images(latent, f), latent.labels(), f);
    }
}
