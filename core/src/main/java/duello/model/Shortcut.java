package duello.model;

import duello.torch.Forward;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.ResampledConv2d;
import duello.torch.ResampledConv2d.Resample;
import duello.torch.Script;
import org.bytedeco.pytorch.Tensor;

/** What leads around a bottleneck block of a generator. */
sealed interface Shortcut {
    Tensor apply(Tensor x, Forward f);

    /** {@link #apply} in a script. */
    String script(Script s, String x);

    /** Keeps the first {@code channels} and doubles them if the block does. */
    record Cut(long channels, boolean doubling) implements Shortcut {
        @Override
        public Tensor apply(Tensor x, Forward f) {
            Tensor kept = Ops.slice(x, 1, 0, channels);
            return doubling ? Ops.doubled(kept) : kept;
        }

        @Override
        public String script(Script s, String x) {
            String kept = s.let("torch.narrow(%s, 1, 0, %d)", x, channels);
            return doubling ? s.let("torch.upsample_nearest2d(%s, None, [2.0, 2.0])", kept) : kept;
        }
    }

    /** A pointwise convolution that doubles if the block does. */
    record Pointwise(ResampledConv2d conv) implements Shortcut {
        /** Registers it in {@code block}. */
        static Pointwise in(Module block, Layers layers, long in, long out, Resample resample) {
            return new Pointwise(block.child("conv2d0", layers.conv(in, out, 1, resample)));
        }

        @Override
        public Tensor apply(Tensor x, Forward f) {
            return conv.apply(x, f);
        }

        @Override
        public String script(Script s, String x) {
            return conv.script(s, x);
        }
    }
}
