package duello.torch;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Terse and safe forms of libtorch's calls whose Java signatures are long or easy to get wrong. Nothing here holds state
 * and nothing wraps the tensor: {@code org.bytedeco.pytorch.Tensor} is used as it is.
 */
public final class Ops {
    private Ops() {}

    // ---- making tensors

    public static Scalar scalar(double value) {
        return new Scalar(value);
    }

    public static TensorOptions options(ScalarType type, Device device) {
        return new TensorOptions().dtype(new ScalarTypeOptional(type)).device(new DeviceOptional(device));
    }

    public static TensorOptions floats(Device device) {
        return options(ScalarType.Float, device);
    }

    public static TensorOptions longs(Device device) {
        return options(ScalarType.Long, device);
    }

    /** Integers stay integers when an integer is added. */
    public static Tensor add(Tensor a, long b) {
        return a.add(new Scalar(b));
    }

    /** A CPU float32 tensor with a copy of {@code values}. */
    public static Tensor tensor(float[] values, long... shape) {
        try (FloatPointer data = new FloatPointer(values)) {
            return torch.from_blob(data, shape, floats(Devices.CPU)).clone();
        }
    }

    /** A CPU float64 tensor with a copy of {@code values}. */
    public static Tensor tensor(double[] values, long... shape) {
        try (DoublePointer data = new DoublePointer(values)) {
            return torch.from_blob(data, shape, options(ScalarType.Double, Devices.CPU))
                    .clone();
        }
    }

    /** A CPU int64 tensor with a copy of {@code values}. */
    public static Tensor tensor(long[] values, long... shape) {
        try (LongPointer data = new LongPointer(values)) {
            return torch.from_blob(data, shape, longs(Devices.CPU)).clone();
        }
    }

    /** A CPU uint8 tensor with a copy of {@code values}. */
    public static Tensor bytes(byte[] values, long... shape) {
        try (BytePointer data = new BytePointer(values)) {
            return torch.from_blob(data, shape, options(ScalarType.Byte, Devices.CPU))
                    .clone();
        }
    }

    public static Tensor zeros(Device device, long... shape) {
        return torch.zeros(shape, floats(device));
    }

    public static Tensor ones(Device device, long... shape) {
        return torch.ones(shape, floats(device));
    }

    // ---- reading tensors

    public static long[] shape(Tensor t) {
        long[] shape = new long[Math.toIntExact(t.dim())];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = t.size(i);
        }
        return shape;
    }

    public static float[] toFloats(Tensor t) {
        try (Scope scope = Scope.open()) {
            Tensor host = plain(t, ScalarType.Float);
            float[] out = new float[Math.toIntExact(host.numel())];
            new FloatPointer(host.data_ptr()).get(out);
            return out;
        }
    }

    public static double[] toDoubles(Tensor t) {
        try (Scope scope = Scope.open()) {
            Tensor host = plain(t, ScalarType.Double);
            double[] out = new double[Math.toIntExact(host.numel())];
            new DoublePointer(host.data_ptr()).get(out);
            return out;
        }
    }

    public static long[] toLongs(Tensor t) {
        try (Scope scope = Scope.open()) {
            Tensor host = plain(t, ScalarType.Long);
            long[] out = new long[Math.toIntExact(host.numel())];
            new LongPointer(host.data_ptr()).get(out);
            return out;
        }
    }

    public static byte[] toBytes(Tensor t) {
        try (Scope scope = Scope.open()) {
            Tensor host = plain(t, ScalarType.Byte);
            byte[] out = new byte[Math.toIntExact(host.numel())];
            new BytePointer(host.data_ptr()).get(out);
            return out;
        }
    }

    private static Tensor plain(Tensor t, ScalarType type) {
        return t.detach().to(Devices.CPU, type).contiguous();
    }

    // ---- arithmetic

    public static Tensor add(Tensor a, double b) {
        return a.add(scalar(b));
    }

    public static Tensor mul(Tensor a, double b) {
        return a.mul(scalar(b));
    }

    /** {@code b - a}. */
    public static Tensor rsub(Tensor a, double b) {
        return torch.rsub(a, scalar(b));
    }

    public static Tensor square(Tensor a) {
        return a.square();
    }

    /** Sum over every axis but the first: {@code [B, ...] -> [B]}. */
    public static Tensor sumPerSample(Tensor x) {
        return x.dim() == 1 ? x : x.flatten(1, -1).sum(new long[] {1}, false, new ScalarTypeOptional());
    }

    /** Mean over every axis but the first: {@code [B, ...] -> [B]}. */
    public static Tensor meanPerSample(Tensor x) {
        return x.dim() == 1 ? x : x.flatten(1, -1).mean(new long[] {1}, false, new ScalarTypeOptional());
    }

    public static Tensor sum(Tensor x, boolean keepDim, long... axes) {
        return x.sum(axes, keepDim, new ScalarTypeOptional());
    }

    public static Tensor mean(Tensor x, boolean keepDim, long... axes) {
        return x.mean(axes, keepDim, new ScalarTypeOptional());
    }

    /** {@code x / max(|x|_2, floor)} along the last axis. */
    public static Tensor unit(Tensor x, double floor) {
        Tensor norm = torch.linalg_vector_norm(x, scalar(2), new long[] {-1}, true, new ScalarTypeOptional());
        return x.div(norm.clamp_min(scalar(floor)));
    }

    public static Tensor cat(long axis, Tensor... parts) {
        return torch.cat(new TensorVector(parts), axis);
    }

    public static Tensor slice(Tensor x, long axis, long from, long to) {
        return x.slice(axis, new LongOptional(from), new LongOptional(to), 1);
    }

    /** Rows {@code [from, to)} of the first axis, a view. */
    public static Tensor rows(Tensor x, long from, long to) {
        return slice(x, 0, from, to);
    }

    /** One-hot rows of float32: {@code [B] -> [B, classes]}. */
    public static Tensor oneHot(Tensor labels, long classes) {
        return torch.one_hot(labels, classes).to(ScalarType.Float);
    }

    /** Of each row the entry of its label: {@code [B, C], [B] -> [B]}. */
    public static Tensor chosen(Tensor rows, Tensor labels) {
        return rows.gather(1, labels.unsqueeze(1)).squeeze(1);
    }

    /** Copies to channels-last memory, the layout that the convolutions are fastest in; a no-op when already so. */
    public static Tensor channelsLast(Tensor x) {
        return x.contiguous(MemoryFormat.ChannelsLast);
    }

    public static Tensor cloneOf(Tensor x) {
        return x.clone(new MemoryFormatOptional());
    }

    /** {@code x} where {@code mask}, else {@code other}; the gradient flows to the kept values. */
    public static Tensor keepWhere(Tensor x, Tensor mask, double other) {
        return x.masked_fill(mask.logical_not(), scalar(other));
    }

    /** int64 {@code 0 ... n - 1}. */
    public static Tensor range(long n, Device device) {
        return torch.arange(new Scalar(n), longs(device));
    }

    /** A boolean identity matrix {@code [n, n]}. */
    public static Tensor identity(long n, Device device) {
        return torch.eye(n, options(ScalarType.Bool, device));
    }

    // ---- maps

    /** Nearest-neighbour doubling of height and width. */
    public static Tensor doubled(Tensor x) {
        return torch.upsample_nearest2d(
                x, new long[] {2 * x.size(2), 2 * x.size(3)}, new DoubleOptional(), new DoubleOptional());
    }

    /** The mean of 2x2, halving height and width. */
    public static Tensor halved(Tensor x) {
        return torch.avg_pool2d(x, 2, 2);
    }

    // ---- gradients

    /**
     * The gradient of {@code sum(output)} with respect to {@code input}.
     *
     * @param create whether the result can be differentiated again
     */
    public static Tensor grad(Tensor output, Tensor input, boolean create) {
        return grads(output, List.of(input), create).get(0);
    }

    /** As {@link #grad} for several inputs; an input that the output does not depend on gives an undefined tensor. */
    public static List<Tensor> grads(Tensor output, List<Tensor> inputs, boolean create) {
        TensorVector of = new TensorVector(output.dim() == 0 ? output : output.sum());
        TensorVector to = new TensorVector(inputs.toArray(Tensor[]::new));
        TensorVector out = torch.grad(of, to, new TensorVector(), new BoolOptional(true), create, true);
        return Arrays.asList(out.get());
    }

    /** Back-propagates a scalar into the {@code grad} of every leaf that requires one. */
    public static void backward(Tensor loss) {
        loss.backward(new Tensor(), new BoolOptional(false), false, new TensorArrayRefOptional());
    }

    // ---- optional arguments

    public static TensorOptional maybe(Tensor t) {
        return new TensorOptional(t);
    }

    public static TensorOptional none() {
        return new TensorOptional();
    }
}
