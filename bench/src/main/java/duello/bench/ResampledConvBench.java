package duello.bench;

import duello.bench.ResampledCase.Shape;
import duello.torch.ResampledConv2d.Resample;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cases of {@link LayerRace} under JMH, which times the two forms one after the other instead of in turns: use it to
 * look at one case closely, not to compare on a machine that does other things.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dorg.bytedeco.javacpp.maxbytes=0", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"})
@NullUnmarked // JMH fills the fields
public class ResampledConvBench {
    /** Channels and side of the input. */
    @Param({"64x16", "128x16", "256x8"})
    public String size;

    @Param({"UP", "DOWN"})
    public Resample resample;

    @Param({"3", "1"})
    public int kernel;

    @Param({"false", "true"})
    public boolean channelsLast;

    @Param("64")
    public int batch;

    private ResampledCase layer;

    /** Makes the tensors. */
    @Setup
    public void setup() {
        torch.set_num_threads(2);
        int x = size.indexOf('x');
        int channels = Integer.parseInt(size.substring(0, x));
        int side = Integer.parseInt(size.substring(x + 1));
        layer = new ResampledCase(new Shape(batch, channels, side, kernel, resample, channelsLast));
    }

    /** One operation. */
    @Benchmark
    public void fused() {
        layer.fused();
    }

    /** The definition. */
    @Benchmark
    public void naive() {
        layer.naive();
    }
}
