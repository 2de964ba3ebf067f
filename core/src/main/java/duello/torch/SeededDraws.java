package duello.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Draws of libtorch's Mersenne Twister from a seed, which usually comes from {@link Seeds#derive}. */
public final class SeededDraws implements Draws {
    private final GeneratorOptional generator;
    private final Device device;

    public SeededDraws(long seed, Device device) {
        Generator twister = torch.make_generator_cpu(seed);
        this.generator = new GeneratorOptional(twister);
        this.device = device;
    }

    @Override
    public Tensor normal(long... shape) {
        return moved(torch.randn(shape, generator, Ops.floats(Devices.CPU)));
    }

    @Override
    public Tensor uniform(long... shape) {
        return moved(torch.rand(shape, generator, Ops.floats(Devices.CPU)));
    }

    @Override
    public Tensor ints(long high, long... shape) {
        return moved(torch.randint(high, shape, generator, Ops.longs(Devices.CPU)));
    }

    @Override
    public int pick(int high) {
        return Math.toIntExact(Ops.toLongs(torch.randint(high, new long[] {1}, generator, Ops.longs(Devices.CPU)))[0]);
    }

    private Tensor moved(Tensor t) {
        return device.is_cpu() ? t : t.to(device, t.scalar_type());
    }
}
