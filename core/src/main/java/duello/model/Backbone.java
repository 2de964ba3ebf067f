package duello.model;

import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/** A catalogue entry: the settings of a pair of networks, from which fresh ones are built. */
public interface Backbone {
    /** A fresh generator; the same seed gives the same weights. */
    Generator generator(ImageDomain domain, long seed, Device device);

    /** A fresh discriminator; the same seed gives the same weights. */
    Discriminator discriminator(ImageDomain domain, long seed, Device device);

    /** The codes that its generators' latents end with, or null if there are none. */
    default @Nullable Codes codes() {
        return null;
    }

    /** Whether its generators have a mapping network, as style networks do. */
    default boolean maps() {
        return false;
    }
}
