package duello.model;

import org.bytedeco.pytorch.Device;

/** A catalogue entry: the settings of a pair of networks, from which fresh ones are built. */
public interface Backbone {
    /** A fresh generator; the same seed gives the same weights. */
    Generator generator(ImageDomain domain, long seed, Device device);

    /** A fresh discriminator; the same seed gives the same weights. */
    Discriminator discriminator(ImageDomain domain, long seed, Device device);
}
