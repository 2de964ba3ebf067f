package duello.model;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import java.util.List;

/** The shelf's list: one line a family of networks. */
public final class Backbones {
    public static final List<Entry<Backbone>> ENTRIES = List.of(
            entry("deep_conv", DeepConv.class),
            entry("resnet", ResNet.class),
            entry("big_resnet", BigResNet.class),
            entry("big_resnet_deep", BigResNetDeep.class),
            entry("stylegan2", StyleGan2.class),
            entry("deshuffle_dcgan", DeshuffleDcgan.class),
            entry("deshuffle_sngan", DeshuffleSngan.class));

    private Backbones() {}
}
