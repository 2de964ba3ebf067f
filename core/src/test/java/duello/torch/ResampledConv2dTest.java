package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;

import duello.torch.ResampledConv2d.Resample;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cheap form of a resampled convolution is the same function as its naive form. */
class ResampledConv2dTest {
    private static final long[] ONE = {1, 1};

    /** The definition: nearest doubling, then convolution; or convolution, then the mean of 2x2. */
    static Tensor naive(Tensor x, Tensor w, Tensor b, Resample resample) {
        long padding = w.size(2) / 2;
        Tensor in = resample == Resample.UP ? Ops.doubled(x) : x;
        Tensor out = torch.conv2d(in, w, Ops.maybe(b), ONE, new long[] {padding, padding}, ONE, 1);
        return resample == Resample.DOWN ? Ops.halved(out) : out;
    }

    private record Case(Tensor x, Tensor w, Tensor b, Tensor direction) {
        static Case of(int kernel, Resample resample, long seed) {
            Draws draws = new SeededDraws(seed, Devices.CPU);
            Tensor x = leaf(draws.normal(3, 5, 8, 6));
            Tensor w = leaf(Ops.mul(draws.normal(7, 5, kernel, kernel), 0.2));
            Tensor b = leaf(draws.normal(7));
            long h = resample == Resample.UP ? 16 : resample == Resample.DOWN ? 4 : 8;
            return new Case(x, w, b, draws.normal(3, 7, h, h * 6 / 8));
        }

        private static Tensor leaf(Tensor t) {
            return t.to(torch.ScalarType.Double).requires_grad_(true);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,UP", "3,DOWN", "3,NONE", "1,UP", "1,DOWN", "1,NONE"})
    void outputsGradientsAndSecondOrderGradientsAgree(int kernel, Resample resample) {
        Case c = Case.of(kernel, resample, 7);
        Tensor fused = ResampledConv2d.resampled(c.x, c.w, Ops.maybe(c.b), resample);
        Tensor naive = naive(c.x, c.w, c.b, resample);
        assertClose(fused, naive, 1e-12);

        List<Tensor> leaves = List.of(c.x, c.w, c.b);
        // A curved function of the output, so that second-order gradients are not zero.
        List<Tensor> first = Ops.grads(fused.tanh().mul(c.direction), leaves, true);
        List<Tensor> firstNaive = Ops.grads(naive.tanh().mul(c.direction), leaves, true);
        List<Tensor> second = Ops.grads(Ops.square(first.get(0)), leaves, false);
        List<Tensor> secondNaive = Ops.grads(Ops.square(firstNaive.get(0)), leaves, false);
        for (int i = 0; i < leaves.size(); i++) {
            assertClose(first.get(i), firstNaive.get(i), 1e-10);
            assertClose(second.get(i), secondNaive.get(i), 1e-10);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,UP", "3,DOWN", "1,UP", "1,DOWN"})
    void inSinglePrecisionAndChannelsLastTheyAgreeWithinRounding(int kernel, Resample resample) {
        Draws draws = new SeededDraws(11, Devices.CPU);
        Tensor x = Ops.channelsLast(draws.normal(4, 32, 16, 16)).requires_grad_(true);
        Tensor w = Ops.mul(draws.normal(16, 32, kernel, kernel), 0.1).requires_grad_(true);
        Tensor b = draws.normal(16).requires_grad_(true);
        Tensor fused = ResampledConv2d.resampled(x, w, Ops.maybe(b), resample);
        Tensor naive = naive(x, w, b, resample);
        assertClose(fused, naive, 1e-5);
        assertClose(Ops.grad(Ops.square(fused), w, false), Ops.grad(Ops.square(naive), w, false), 1e-4);
    }

    /** Largest difference as a fraction of the largest value. */
    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        double scale = Math.max(1e-30, expected.detach().abs().max().item_double());
        assertThat(actual.detach().sub(expected.detach()).abs().max().item_double() / scale)
                .isLessThan(tolerance);
    }
}
