package duello.model;

import duello.torch.Equalised;
import duello.torch.FilteredConv2d;
import duello.torch.Fir;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.Script;
import duello.torch.StyledConv2d;
import duello.torch.StyledRgb;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * All of StyleGAN2's synthesis at one resolution: a styled convolution that doubles (none at 4x4, which begins with a
 * learnt map), another, and perhaps an image. Of the w of block k, counted from 0, the convolutions read numbers 2k - 1 and
 * 2k, the image 2k + 1, which is also the next block's first.
 */
final class SynthesisBlock implements Layer {
    private static final double HALF = Math.sqrt(0.5);

    private final Module module = new Module();
    private final String prefix;
    private final int last;
    private final double gain;
    private final @Nullable Tensor constant;
    private final Fir fir;
    private final @Nullable StyledConv2d first;
    private final StyledConv2d second;
    private final @Nullable StyledRgb rgb;
    private final @Nullable FilteredConv2d skip;

    SynthesisBlock(Equalised layers, Synthesis.Shape shape, int side, String prefix) {
        int in = shape.channels(side / 2);
        int out = shape.channels(side);
        int latent = shape.latent();
        boolean start = side == 4;
        boolean shortcut = shape.shortcut() && !start;
        this.prefix = prefix;
        this.last = 2 * (Integer.numberOfTrailingZeros(side) - 2);
        this.gain = shortcut ? HALF : 1;
        this.constant = start ? module.parameter("const", layers.normal(1, out, 4, 4)) : null;
        this.fir = Fir.of(module.buffer("resample_filter", Fir.fresh(layers)));
        this.first = start ? null : module.child("conv0", styled(layers, in, out, latent, side, Resample.UP));
        this.second = module.child("conv1", styled(layers, out, out, latent, side, Resample.NONE));
        this.rgb = shape.rgb(side) ? module.child("torgb", layers.rgb(out, latent)) : null;
        this.skip = shortcut
                ? module.child("skip", layers.conv(new FilteredConv2d.Shape(in, out, 1, Resample.UP, false)))
                : null;
    }

    private static StyledConv2d styled(Equalised layers, int in, int out, int latent, int side, Resample resample) {
        return layers.styledConv(new StyledConv2d.Shape(in, out, latent, side, resample));
    }

    /** The names of the maps that pass the tap, in order. */
    List<String> layers() {
        return first == null ? List.of(prefix + "conv1") : List.of(prefix + "conv0", prefix + "conv1");
    }

    /** The block's map, {@code [B, C, side, side]}, of the one before; w is {@code [B, n, d]}. */
    Tensor features(@Nullable Tensor x, Tensor w, Forward f) {
        Tensor doubled = doubled(x, w, f);
        Tensor y = f.tap().at(prefix + "conv1", second.apply(doubled, w.select(1, last), gain, f));
        return skip == null || x == null ? y : skip.apply(x, HALF, f).add(y);
    }

    private Tensor doubled(@Nullable Tensor x, Tensor w, Forward f) {
        if (first == null || x == null) {
            return start(w.size(0));
        }
        return f.tap().at(prefix + "conv0", first.apply(x, w.select(1, last - 1), 1, f));
    }

    private Tensor start(long batch) {
        if (constant == null) {
            throw new IllegalStateException("only the block of 4x4 begins with nothing");
        }
        Tensor one = constant.unsqueeze(0);
        return Ops.channelsLast(one.expand(new long[] {batch, one.size(1), 4, 4}));
    }

    /** One of {@link #layers}. */
    Tensor map(String layer, @Nullable Tensor x, Tensor w, Forward f) {
        Tensor doubled = doubled(x, w, f);
        if (layer.equals(prefix + "conv0")) {
            return doubled;
        }
        return f.tap().at(prefix + "conv1", second.apply(doubled, w.select(1, last), gain, f));
    }

    /** The image so far: that of the blocks before, doubled, and this block's, whose map is {@code x}. */
    @Nullable
    Tensor image(@Nullable Tensor before, Tensor x, Tensor w, Forward f) {
        Tensor doubled = before == null ? null : fir.doubled(before);
        if (rgb == null) {
            return doubled;
        }
        Tensor own = rgb.apply(x, w.select(1, last + 1), f);
        return doubled == null ? own : doubled.add(own);
    }

    /** {@link #features} in a script, of one w for all layers; {@code x} is null at 4x4. */
    String script(Script s, @Nullable String x, String w) {
        if (first == null || x == null) {
            if (constant == null) {
                throw new IllegalStateException("only the block of 4x4 begins with nothing");
            }
            String start = s.let(
                    "torch.unsqueeze(%s, 0).expand([%s.size(0), %d, 4, 4])", s.tensor(constant), w, constant.size(0));
            return second.script(s, start, w, gain);
        }
        String y = second.script(s, first.script(s, x, w, 1), w, gain);
        return skip == null ? y : s.let("%s + %s", skip.scriptShortcut(s, x, HALF), y);
    }

    /** {@link #image} in a script. */
    @Nullable
    String scriptImage(Script s, @Nullable String before, String x, String w) {
        String doubled = before == null ? null : fir.scriptDoubled(s, before, 3);
        if (rgb == null) {
            return doubled;
        }
        String own = rgb.script(s, x, w);
        return doubled == null ? own : s.let("%s + %s", doubled, own);
    }

    @Override
    public Module module() {
        return module;
    }
}
