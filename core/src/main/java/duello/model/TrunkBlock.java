package duello.model;

import duello.model.StyleDiscriminator.Passing;
import duello.model.StyleGan2.Architecture;
import duello.model.StyleGan2.StyleTrunkSettings;
import duello.torch.Equalised;
import duello.torch.FilteredConv2d;
import duello.torch.Fir;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.ResampledConv2d.Resample;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A block of StyleGAN2's discriminator: two convolutions, the second halves. */
final class TrunkBlock implements Layer {
    private static final double HALF = Math.sqrt(0.5);

    private final Module module = new Module();
    private final String name;
    private final Architecture architecture;
    private final Fir fir;
    private final @Nullable FilteredConv2d fromRgb;
    private final FilteredConv2d conv0;
    private final FilteredConv2d conv1;
    private final @Nullable FilteredConv2d skip;

    TrunkBlock(Equalised layers, StyleTrunkSettings settings, int side, boolean outermost) {
        int in = StyleDiscriminator.channels(settings, side);
        int out = StyleDiscriminator.channels(settings, side / 2);
        this.name = "b" + side;
        this.architecture = settings.architecture();
        this.fir = Fir.of(module.buffer("resample_filter", Fir.fresh(layers)));
        this.fromRgb =
                outermost || architecture == Architecture.SKIP ? module.child("fromrgb", conv(layers, 3, in, 1)) : null;
        this.conv0 = module.child("conv0", conv(layers, in, in, 3));
        this.conv1 = module.child("conv1", layers.conv(new FilteredConv2d.Shape(in, out, 3, Resample.DOWN, true)));
        this.skip = architecture == Architecture.RESNET
                ? module.child("skip", layers.conv(new FilteredConv2d.Shape(in, out, 1, Resample.DOWN, false)))
                : null;
    }

    /** An activated convolution that keeps the map's size. */
    static FilteredConv2d conv(Equalised layers, int in, int out, int kernel) {
        return layers.conv(new FilteredConv2d.Shape(in, out, kernel, Resample.NONE, true));
    }

    /** The names of the maps that pass the tap, in order. */
    List<String> layers() {
        List<String> names = new ArrayList<>();
        if (fromRgb != null) {
            names.add(name + ".fromrgb");
        }
        names.addAll(List.of(name + ".conv0", name + ".conv1", name));
        return names;
    }

    Passing apply(Passing passing, Forward f) {
        Tensor x = joined(passing, fromRgb, name + ".fromrgb", f);
        double gain = skip == null ? 1 : HALF;
        Tensor y = f.tap().at(name + ".conv0", conv0.apply(x, 1, f));
        y = f.tap().at(name + ".conv1", conv1.apply(y, gain, f));
        Tensor out = f.tap().at(name, skip == null ? y : skip.apply(x, HALF, f).add(y));
        Tensor image = passing.image();
        return new Passing(out, architecture == Architecture.SKIP && image != null ? fir.halved(image) : null);
    }

    /** The map with what {@code fromRgb}, if it is there, makes of the image. */
    static Tensor joined(Passing passing, @Nullable FilteredConv2d fromRgb, String name, Forward f) {
        Tensor image = passing.image();
        if (fromRgb == null || image == null) {
            return passing.seen();
        }
        Tensor own = f.tap().at(name, fromRgb.apply(image, 1, f));
        return passing.map() == null ? own : passing.map().add(own);
    }

    @Override
    public Module module() {
        return module;
    }
}
