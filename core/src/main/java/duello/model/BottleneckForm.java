package duello.model;

import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import org.bytedeco.pytorch.Tensor;

/** The two readings of BigGAN-deep's bottleneck block that PyTorch-StudioGAN has. */
public enum BottleneckForm {
    /**
     * BigGAN-deep as its authors have it: a generator's shortcut drops channels, a discriminator's adds some by a
     * pointwise convolution; halving comes after the last activation.
     */
    LEGACY {
        @Override
        Shortcut generatorShortcut(Module block, Layers layers, long in, long out, Resample resample) {
            return new Shortcut.Cut(out, resample == Resample.UP);
        }

        @Override
        Row.Step<Forward> discriminatorShortcut(Module block, Layers layers, long in, long out, Resample resample) {
            Row.Step<Forward> halving = (x, f) -> resample == Resample.DOWN ? Ops.halved(x) : x;
            if (in == out) {
                return halving;
            }
            ResampledConv2d more = block.child("conv2d0", layers.conv(in, out - in, 1, Resample.NONE));
            return (x, f) -> {
                Tensor kept = halving.apply(x, f);
                return Ops.cat(1, kept, more.apply(kept, f));
            };
        }

        @Override
        Resample beforeLastActivation(Resample resample) {
            return Resample.NONE;
        }

        @Override
        int firstMultiple() {
            return 4;
        }

        @Override
        int largestImage() {
            return 1024;
        }
    },
    /** PyTorch-StudioGAN's own: shortcuts are pointwise convolutions; halving comes before the last activation. */
    STUDIOGAN {
        @Override
        Shortcut generatorShortcut(Module block, Layers layers, long in, long out, Resample resample) {
            return Shortcut.Pointwise.in(block, layers, in, out, resample);
        }

        @Override
        Row.Step<Forward> discriminatorShortcut(Module block, Layers layers, long in, long out, Resample resample) {
            if (in == out && resample == Resample.NONE) {
                return (x, f) -> x;
            }
            return block.child("conv2d0", layers.conv(in, out, 1, resample))::apply;
        }

        @Override
        Resample beforeLastActivation(Resample resample) {
            return resample;
        }

        @Override
        int firstMultiple() {
            return 1;
        }

        /** The reference's discriminator demands that its first block changes the channels. */
        @Override
        int largestImage() {
            return 256;
        }
    };

    /** What leads around a generator's block; registers its parts in {@code block}. */
    abstract Shortcut generatorShortcut(Module block, Layers layers, long in, long out, Resample resample);

    /** What leads around a discriminator's block; registers its parts in {@code block}. */
    abstract Row.Step<Forward> discriminatorShortcut(Module block, Layers layers, long in, long out, Resample resample);

    /** What of a discriminator block's resampling happens before its last activation; the rest happens after it. */
    abstract Resample beforeLastActivation(Resample resample);

    /** Channels that a discriminator's blocks start from up to 32 px, as a multiple of the width. */
    abstract int firstMultiple();

    /** The largest images that a discriminator takes, in pixels. */
    abstract int largestImage();
}
