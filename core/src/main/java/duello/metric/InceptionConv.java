package duello.metric;

import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Convolution without bias, normalisation with eps 1e-3, rectifier: the unit that Inception is built of. */
final class InceptionConv implements Layer {
    private static final double EPS = 1e-3;
    private static final long[] ONE = {1, 1};

    private final Module module = new Module();
    private final Tensor weight;
    private final Normalisation norm;
    private final Shape shape;

    /** Height and width of the kernel, stride of both axes, and whether the input is padded to keep its size. */
    record Shape(long in, long out, int height, int width, int stride, boolean padded) {
        static Shape square(long in, long out, int side) {
            return new Shape(in, out, side, side, 1, true);
        }

        static Shape strip(long in, long out, int height, int width) {
            return new Shape(in, out, height, width, 1, true);
        }

        /** No padding. */
        static Shape valid(long in, long out, int side, int stride) {
            return new Shape(in, out, side, side, stride, false);
        }
    }

    InceptionConv(Init init, Shape shape) {
        this.shape = shape;
        Module convolution = new Module();
        // Zeros, not draws: the network is of no use before it is loaded.
        this.weight = convolution.parameter("weight", init.zeros(shape.out, shape.in, shape.height, shape.width));
        module.child("conv", convolution);
        this.norm = module.child("bn", new Normalisation(init, shape.out, EPS));
    }

    Tensor apply(Tensor x) {
        long[] stride = {shape.stride, shape.stride};
        long[] padding = shape.padded ? new long[] {shape.height / 2, shape.width / 2} : new long[] {0, 0};
        Tensor y = torch.conv2d(x, weight, Ops.none(), stride, padding, ONE, 1);
        return torch.relu_(norm.apply(y, Forward.EVALUATION));
    }

    @Override
    public Module module() {
        return module;
    }
}
