package duello.metric;

import duello.torch.Layers;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The networks that LPIPS is published for, torchvision's, and where their maps are tapped: after rectifiers. */
public enum LpipsNet {
    /** Few-shot diversity and perceptual path lengths are taken with this one. */
    VGG(
            "vgg16-397923af.pth",
            t -> t.convs(2, 64)
                    .tap()
                    .pool(2, false)
                    .convs(2, 128)
                    .tap()
                    .pool(2, false)
                    .convs(3, 256)
                    .tap()
                    .pool(2, false)
                    .convs(3, 512)
                    .tap()
                    .pool(2, false)
                    .convs(3, 512)
                    .tap()),
    ALEX(
            "alexnet-owt-7be5be79.pth",
            t -> t.conv(64, 11, 4, 2)
                    .tap()
                    .pool(3, false)
                    .conv(192, 5, 1, 2)
                    .tap()
                    .pool(3, false)
                    .conv(384, 3, 1, 1)
                    .tap()
                    .conv(256, 3, 1, 1)
                    .tap()
                    .conv(256, 3, 1, 1)
                    .tap()),
    /** SqueezeNet 1.1. */
    SQUEEZE(
            "squeezenet1_1-b8a52dc0.pth",
            t -> t.conv(64, 3, 2, 0)
                    .tap()
                    .pool(3, true)
                    .fire(16, 64)
                    .fire(16, 64)
                    .tap()
                    .pool(3, true)
                    .fire(32, 128)
                    .fire(32, 128)
                    .tap()
                    .pool(3, true)
                    .fire(48, 192)
                    .tap()
                    .fire(48, 192)
                    .tap()
                    .fire(64, 256)
                    .tap()
                    .fire(64, 256)
                    .tap());

    private final String file;
    private final UnaryOperator<Trunk> layout;

    LpipsNet(String file, UnaryOperator<Trunk> layout) {
        this.file = file;
        this.layout = layout;
    }

    /** As the published files are called: {@code vgg}, {@code alex}, {@code squeeze}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Torchvision's file of the network. */
    String file() {
        return file;
    }

    /** The network up to its last tap. */
    Trunk trunk(Layers layers) {
        return layout.apply(new Trunk(layers));
    }
}
