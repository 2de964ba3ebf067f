package duello.model;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import duello.torch.Init;
import duello.torch.Layers;
import java.util.List;
import org.bytedeco.pytorch.Device;

/** What a residual generator or discriminator is made of. */
public record NetworkSettings(
        @Doc("Base width: channels are multiples of it") @Default("64") @Range(min = 1, max = 4096)
        int width,

        @Doc("Spectral normalisation of convolutions and linear maps; a discriminator without it has batch norm")
        @Default("false")
        boolean spectralNorm,

        @Doc("Stages, counted from 1, after which self-attention stands") @Default("[]") @Range(min = 1, max = 16)
        List<Integer> attention,

        @Doc("Activation: relu, leaky_relu (slope 0.1), elu or gelu") @Default("relu")
        Activation activation,

        @Doc("How weights start: ortho, n02, xavier or dcgan") @Default("ortho")
        Init.Rule init) {

    public NetworkSettings {
        attention = List.copyOf(attention);
    }

    /** The layers of a network with these settings. */
    Layers layers(long seed, Device device) {
        return new Layers(Init.of(init, seed, device), spectralNorm);
    }
}
