package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;

import duello.torch.ResampledConv2d.Resample;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cheap forms of StyleGAN2's layers are the same functions as their definitions. */
class StyleLayersTest {
    private static final long[] ONE = {1, 1};
    private static final long[] ZERO = {0, 0};

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Equalised layers() {
        return Equalised.of(1, Devices.CPU);
    }

    private static Fir fir() {
        return Fir.of(Fir.fresh(layers()).to(ScalarType.Double));
    }

    private static Tensor leaf(Draws draws, long... shape) {
        return draws.normal(shape).to(ScalarType.Double).requires_grad_(true);
    }

    // ---- definitions

    /** Zeros between pixels, padding, the filter at every place, every {@code down}-th pixel: by the definition. */
    private static Tensor upFirDown(Tensor x, int up, int down, int[] pads, double gain) {
        long b = x.size(0);
        long c = x.size(1);
        Tensor y = x;
        if (up == 2) {
            Tensor column = x.unsqueeze(3).unsqueeze(5);
            Tensor wide = Ops.cat(5, column, torch.zeros_like(column));
            y = Ops.cat(3, wide, torch.zeros_like(wide)).reshape(b, c, 2 * x.size(2), 2 * x.size(3));
        }
        y = torch.constant_pad_nd(y, pads[0], pads[1], pads[0], pads[1]);
        double[] taps = {1, 3, 3, 1};
        long height = y.size(2) - 3;
        long width = y.size(3) - 3;
        Tensor sum = torch.zeros_like(Ops.slice(Ops.slice(y, 2, 0, height), 3, 0, width));
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                Tensor shifted = Ops.slice(Ops.slice(y, 2, i, i + height), 3, j, j + width);
                sum = sum.add(Ops.mul(shifted, taps[i] * taps[j] * gain / 64));
            }
        }
        return down == 1 ? sum : every(every(sum, 2), 3);
    }

    private static Tensor every(Tensor x, int axis) {
        return x.index_select(
                axis, Ops.mul(Ops.range((x.size(axis) + 1) / 2, Devices.CPU), 2).to(ScalarType.Long));
    }

    private static Tensor naive(Tensor x, Tensor w, Resample resample) {
        boolean pointwise = w.size(2) == 1;
        long[] same = {w.size(2) / 2, w.size(2) / 2};
        return switch (resample) {
            case NONE -> torch.conv2d(x, w, Ops.none(), ONE, same, ONE, 1);
            case UP ->
                pointwise
                        ? upFirDown(torch.conv2d(x, w, Ops.none(), ONE, ZERO, ONE, 1), 2, 1, new int[] {2, 1}, 4)
                        : upFirDown(
                                torch.conv_transpose2d(
                                        x, w.transpose(0, 1), Ops.none(), new long[] {2, 2}, ZERO, ZERO, 1, ONE),
                                1,
                                1,
                                new int[] {1, 1},
                                4);
            case DOWN ->
                pointwise
                        ? torch.conv2d(upFirDown(x, 1, 2, new int[] {1, 1}, 1), w, Ops.none(), ONE, ZERO, ONE, 1)
                        : torch.conv2d(
                                upFirDown(x, 1, 1, new int[] {2, 2}, 1),
                                w,
                                Ops.none(),
                                new long[] {2, 2},
                                ZERO,
                                ONE,
                                1);
        };
    }

    // ---- claims

    @Test
    void imagesAreDoubledAndHalvedAsTheFilterIsDefined() {
        Tensor x = leaf(new SeededDraws(3, Devices.CPU), 2, 3, 8, 6);
        assertClose(fir().doubled(x), upFirDown(x, 2, 1, new int[] {2, 1}, 4), 1e-7);
        assertClose(fir().halved(x), upFirDown(x, 1, 2, new int[] {1, 1}, 1), 1e-7);
    }

    @Test
    void insideTheBordersAnEvenMapStaysEven() {
        Tensor inside = Ops.slice(
                Ops.slice(fir().doubled(Ops.ones(Devices.CPU, 1, 2, 8, 8).to(ScalarType.Double)), 2, 1, 15), 3, 1, 15);
        assertThat(Ops.add(inside, -1).abs().max().item_double()).isLessThan(1e-6);
    }

    @ParameterizedTest
    @CsvSource({"3,UP", "3,DOWN", "3,NONE", "1,UP", "1,DOWN", "1,NONE"})
    void outputsGradientsAndSecondOrderGradientsAgree(int kernel, Resample resample) {
        Draws draws = new SeededDraws(7, Devices.CPU);
        Tensor x = leaf(draws, 3, 5, 8, 6);
        Tensor w = leaf(draws, 7, 5, kernel, kernel);
        Tensor cheap = FilteredConv2d.filtered(x, w, Ops.none(), fir(), resample);
        assertAgree(cheap, naive(x, w, resample), draws, List.of(x, w));
    }

    @Test
    void scalingInputAndOutputIsModulatingAndDemodulatingTheWeights() {
        Draws draws = new SeededDraws(9, Devices.CPU);
        Tensor x = leaf(draws, 3, 4, 6, 6);
        Tensor w = leaf(draws, 5, 4, 3, 3);
        Tensor s = leaf(draws, 3, 4);
        Tensor scaled = torch.conv2d(x.mul(StyledConv2d.perChannel(s)), w, Ops.none(), ONE, ONE, ONE, 1);
        Tensor cheap = scaled.mul(StyledConv2d.perChannel(StyledConv2d.demodulation(s, w)));
        assertAgree(cheap, perImage(x, w, s), draws, List.of(x, w, s));
    }

    /** One group of weights an image, as the paper writes it. */
    private static Tensor perImage(Tensor x, Tensor w, Tensor s) {
        Tensor modulated = w.unsqueeze(0).mul(s.view(3, 1, 4, 1, 1));
        Tensor length =
                Ops.add(Ops.sum(Ops.square(modulated), true, 2, 3, 4), 1e-8).sqrt();
        Tensor weights = modulated.div(length).reshape(15, 4, 3, 3);
        return torch.conv2d(x.reshape(1, 12, 6, 6), weights, Ops.none(), ONE, ONE, ONE, 3)
                .reshape(3, 5, 6, 6);
    }

    @Test
    void aStyledConvolutionAddsNoiseBeforeBiasAndActivation() {
        StyledConv2d conv = layers().styledConv(new StyledConv2d.Shape(4, 5, 3, 6, Resample.NONE));
        Draws draws = new SeededDraws(5, Devices.CPU);
        var tensors = conv.module().state();
        Scope.withoutGrad(() -> {
            States.required(tensors, "noise_strength").fill_(Ops.scalar(0.7));
            States.required(tensors, "bias").copy_(draws.normal(5));
        });
        Tensor x = draws.normal(2, 4, 6, 6);
        Tensor w = draws.normal(2, 3);
        Tensor s = torch.linear(
                w,
                Ops.mul(States.required(tensors, "affine.weight"), 1 / Math.sqrt(3)),
                Ops.maybe(States.required(tensors, "affine.bias")));
        Tensor y = torch.conv2d(
                        x.mul(StyledConv2d.perChannel(s)),
                        States.required(tensors, "weight"),
                        Ops.none(),
                        ONE,
                        ONE,
                        ONE,
                        1)
                .mul(StyledConv2d.perChannel(StyledConv2d.demodulation(s, States.required(tensors, "weight"))));
        Tensor noisy = y.add(Ops.mul(States.required(tensors, "noise_const"), 0.7));
        Tensor expected =
                Equalised.activated(noisy.add(States.required(tensors, "bias").view(1, 5, 1, 1)));
        assertClose(conv.apply(x, w, 1, Forward.EVALUATION), expected, 1e-5);
        assertClose(conv.apply(x, w, 0.5, Forward.EVALUATION), Ops.mul(expected, 0.5), 1e-5);
        assertThat(conv.apply(x, w, 1, Forward.EVALUATION.withNoise(Forward.Noise.NONE))
                        .sub(expected)
                        .abs()
                        .max()
                        .item_double())
                .isGreaterThan(0.01);
    }

    @Test
    void learningRatesAreEqualised() {
        Linear slow = layers().slowLinear(400, 300, 0.01);
        var tensors = slow.module().parameters();
        Scope.withoutGrad(() -> States.required(tensors, "bias").fill_(Ops.scalar(1)));
        assertThat(States.required(tensors, "weight").std().item_double()).isBetween(99.0, 101.0);
        Tensor y = slow.apply(Ops.ones(Devices.CPU, 1, 400), Forward.EVALUATION);
        Tensor expected = Ops.add(Ops.mul(Ops.sum(States.required(tensors, "weight"), false, 1), 0.01 / 20), 0.01);
        assertClose(y.squeeze(0), expected, 1e-5);
    }

    @Test
    void theDeviationIsThatOfStridedGroupsAndTheSameForTheirMembers() {
        Tensor x = new SeededDraws(4, Devices.CPU).normal(4, 3, 2, 2);
        Tensor channel = new MinibatchDeviation(2).apply(x).select(1, 3);
        for (int i = 0; i < 4; i++) {
            Tensor one = x.select(0, i % 2);
            Tensor other = x.select(0, i % 2 + 2);
            double expected = Ops.add(Ops.square(Ops.mul(one.sub(other), 0.5)), 1e-8)
                    .sqrt()
                    .mean()
                    .item_double();
            assertThat(channel.select(0, i).max().item_double())
                    .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void aBatchThatAGroupDoesNotDivideIsGroupedByTheNextSmallerDivisor() {
        Tensor x = new SeededDraws(4, Devices.CPU).normal(6, 3, 2, 2);
        assertThat(Ops.toFloats(new MinibatchDeviation(4).apply(x)))
                .isEqualTo(Ops.toFloats(new MinibatchDeviation(3).apply(x)));
        assertThat(Ops.toFloats(new MinibatchDeviation(4).apply(x)))
                .isNotEqualTo(Ops.toFloats(new MinibatchDeviation(2).apply(x)));
    }

    private static void assertAgree(Tensor cheap, Tensor naive, Draws draws, List<Tensor> leaves) {
        assertClose(cheap, naive, 1e-6);
        Tensor direction = draws.normal(Ops.shape(naive)).to(ScalarType.Double);
        // A curved function of the output, so that second-order gradients are not zero.
        List<Tensor> first = Ops.grads(cheap.tanh().mul(direction), leaves, true);
        List<Tensor> firstNaive = Ops.grads(naive.tanh().mul(direction), leaves, true);
        List<Tensor> second = Ops.grads(Ops.square(first.get(0)), leaves, false);
        List<Tensor> secondNaive = Ops.grads(Ops.square(firstNaive.get(0)), leaves, false);
        for (int i = 0; i < leaves.size(); i++) {
            assertClose(first.get(i), firstNaive.get(i), 1e-6);
            assertClose(second.get(i), secondNaive.get(i), 1e-6);
        }
    }

    /** Largest difference as a fraction of the largest value. */
    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        double scale = Math.max(1e-30, expected.detach().abs().max().item_double());
        assertThat(actual.detach().sub(expected.detach()).abs().max().item_double() / scale)
                .isLessThan(tolerance);
    }
}
