package duello.model;

import duello.model.StyleGan2.Architecture;
import duello.model.StyleGan2.StyleTrunkSettings;
import duello.torch.Conv2d;
import duello.torch.Embedding;
import duello.torch.Equalised;
import duello.torch.FilteredConv2d;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Linear;
import duello.torch.MinibatchDeviation;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * StyleGAN2's discriminator without its last layer: blocks that halve down to 4x4, then the minibatch's deviation, a
 * convolution and a linear layer. Maps are named after their layers, {@code b32.fromrgb}, {@code b32.conv0}, {@code b32.conv1},
 * and after the block for its output, {@code b32}.
 */
final class StyleDiscriminator implements Discriminator {
    private final Module module = new Module();
    private final List<TrunkBlock> blocks = new ArrayList<>();
    private final Epilogue epilogue;
    private final HeadSite site;

    StyleDiscriminator(Equalised layers, int resolution, StyleTrunkSettings settings) {
        for (int side = resolution; side > 4; side /= 2) {
            blocks.add(module.child("b" + side, new TrunkBlock(layers, settings, side, side == resolution)));
        }
        this.epilogue = module.child("b4", new Epilogue(layers, settings));
        this.site = new HeadSite(module, new Mapped(layers, channels(settings, 4)));
    }

    static int channels(StyleTrunkSettings settings, int side) {
        return StyleGan2.channels(settings.channelBase(), settings.channelMax(), side);
    }

    /** Linear maps, and mapping networks in place of tables. */
    private record Mapped(Equalised layers, long width) implements HeadSite.Parts {
        private static final double RATE = 0.01;

        @Override
        public Linear linear(long out, boolean bias) {
            return layers.linear(width, out, bias);
        }

        @Override
        public Conv2d convolution(long in, long out) {
            return layers.conv(Conv2d.Shape.conv(in, out, 3, 1, 1));
        }

        @Override
        public Embedding embedding(long count, long size, int depth) {
            MappingNetwork.Shape shape =
                    new MappingNetwork.Shape(0, Math.toIntExact(count), Math.toIntExact(size), depth, RATE);
            return new MappingNetwork(layers, shape);
        }
    }

    /** What is left of the image beside the map: null where nothing reads it any more. */
    record Passing(@Nullable Tensor map, @Nullable Tensor image) {
        Tensor seen() {
            if (map == null) {
                throw new IllegalStateException("the first block makes a map of the image");
            }
            return map;
        }
    }

    /** The last block. */
    private static final class Epilogue implements Layer {
        private final Module module = new Module();
        private final @Nullable FilteredConv2d fromRgb;
        private final MinibatchDeviation deviation;
        private final FilteredConv2d conv;
        private final Linear linear;

        Epilogue(Equalised layers, StyleTrunkSettings settings) {
            int channels = channels(settings, 4);
            this.fromRgb = settings.architecture() == Architecture.SKIP
                    ? module.child("fromrgb", TrunkBlock.conv(layers, 3, channels, 1))
                    : null;
            this.deviation = new MinibatchDeviation(settings.group());
            this.conv = module.child("conv", TrunkBlock.conv(layers, channels + 1, channels, 3));
            this.linear = module.child("fc", layers.linear(16L * channels, channels, true));
        }

        List<String> layers() {
            return fromRgb == null ? List.of("b4.conv") : List.of("b4.fromrgb", "b4.conv");
        }

        Tensor map(Passing passing, Forward f) {
            Tensor x = TrunkBlock.joined(passing, fromRgb, "b4.fromrgb", f);
            return f.tap().at("b4.conv", conv.apply(Ops.channelsLast(deviation.apply(x)), 1, f));
        }

        /** Channel by channel, {@code [B, C]}. */
        Tensor pooled(Tensor map, Forward f) {
            return Equalised.activated(linear.apply(map.contiguous().flatten(1, -1), f));
        }

        @Override
        public Module module() {
            return module;
        }
    }

    @Override
    public List<String> layers() {
        List<String> names = new ArrayList<>();
        blocks.forEach(b -> names.addAll(b.layers()));
        names.addAll(epilogue.layers());
        return List.copyOf(names);
    }

    /** The layer that reads the image, then what halves, from the image's resolution to 4x4. */
    @Override
    public List<String> blocks() {
        List<String> names = new ArrayList<>();
        int side = 4 << blocks.size();
        names.add("b" + side + ".fromrgb");
        for (; side >= 4; side /= 2) {
            names.add("b" + side);
        }
        return List.copyOf(names);
    }

    /** A pass, block by block. */
    private final class Walk {
        private final Maps maps;
        private final Forward f;
        private Passing passing;
        private int next;

        Walk(Tensor images, Forward f) {
            this.maps = new Maps(f.tap());
            this.f = f.with(maps);
            this.passing = new Passing(null, Ops.channelsLast(images));
        }

        /** As far as the block that ends before the map of 4x4, or has the layer. */
        Walk to(String layer) {
            while (next < blocks.size() && !maps.seen().containsKey(layer)) {
                block();
            }
            return this;
        }

        private void block() {
            passing = blocks.get(next++).apply(passing, f);
        }

        Features rest() {
            while (next < blocks.size()) {
                block();
            }
            Tensor map = epilogue.map(passing, f);
            return Features.of(epilogue.pooled(map, f), 1, map).on(maps.seen());
        }
    }

    @Override
    public Features trunk(Tensor images, Forward f) {
        return new Walk(images, f).rest();
    }

    /** Waits behind the block that has the layer; a pass draws nothing and changes nothing. */
    @Override
    public Features observed(Tensor images, Forward f, String enough) {
        Walk walk = new Walk(images, f).to(enough);
        return Features.unfinished(walk.maps.seen(), walk::rest);
    }

    /** Blocks after the layer's are not computed. */
    @Override
    public Tensor map(String layer, Tensor images, Forward f) {
        return observed(images, f, layer).map(layer);
    }

    @Override
    public HeadSite site() {
        return site;
    }

    @Override
    public Module module() {
        return module;
    }
}
