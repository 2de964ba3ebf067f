package duello.method.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.torch.Autocast;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor normal(long... shape) {
        return new SeededDraws(1, Devices.CPU).normal(shape);
    }

    private static Tensor ada(Tensor x, Set<AdaTransform> enabled, long seed) {
        return AdaPipeline.apply(x, enabled, new SeededDraws(seed, Devices.CPU), Ops.ones(Devices.CPU));
    }

    private static double furthest(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_double();
    }

    /** Up to what the filter, which is not symmetric, blurs differently in the two directions. */
    @Test
    void quarterTurnsAreQuarterTurns() {
        Tensor ramp = Ops.mul(Ops.range(9, Devices.CPU).to(ScalarType.Float), 0.12);
        Tensor x = ramp.view(1, 1, 9, 1).add(Ops.mul(ramp, 0.6)).sin().expand(40, 3, 9, 9);
        Tensor out = ada(x, EnumSet.of(AdaTransform.ROTATE90), 3);
        boolean[] seen = new boolean[4];
        for (long i = 0; i < 40; i++) {
            int turns = 0;
            while (turns < 4 && furthest(out.select(0, i), turned(x.select(0, i), turns)) > 0.1) {
                turns++;
            }
            assertThat(turns).as("turns of image " + i).isLessThan(4);
            seen[turns] = true;
        }
        assertThat(seen).containsOnly(true);
    }

    private static Tensor turned(Tensor image, long times) {
        return torch.rot90(image, times, new long[] {1, 2});
    }

    @Test
    void anglesAreDrawnWithHalfTheChanceTwice() {
        Tensor x = normal(600, 1, 4, 4);
        Tensor p = Ops.mul(Ops.ones(Devices.CPU), 0.36);
        Tensor out = AdaPipeline.apply(x, EnumSet.of(AdaTransform.ROTATE), new SeededDraws(1, Devices.CPU), p);
        Tensor moved = out.sub(x).abs().flatten(1, -1).amax(new long[] {1}, false);
        double share = moved.gt(Ops.scalar(1e-3)).sum().item_double() / 600;
        assertThat(share).isCloseTo(0.36, within(0.06));
    }

    @Test
    void coloursOfGreysStayGreyUnderHueAndSaturation() {
        Tensor grey = normal(8, 1, 6, 6).expand(8, 3, 6, 6);
        Tensor out = ada(grey, EnumSet.of(AdaTransform.HUE, AdaTransform.SATURATION), 2);
        assertThat(furthest(out, grey)).isLessThan(1e-5);
        assertThat(furthest(ada(normal(8, 3, 6, 6), EnumSet.of(AdaTransform.HUE), 2), normal(8, 3, 6, 6)))
                .isGreaterThan(0.1);
    }

    @Test
    void lumaflipMirrorsTheGreyPartAndKeepsTheRest() {
        Tensor x = normal(30, 3, 5, 5);
        Tensor out = ada(x, EnumSet.of(AdaTransform.LUMAFLIP), 2);
        Tensor grey = Ops.mean(x, true, 1);
        Tensor greyOut = Ops.mean(out, true, 1);
        assertThat(furthest(out.sub(greyOut), x.sub(grey))).isLessThan(1e-5);
        assertThat(furthest(greyOut.abs(), grey.abs())).isLessThan(1e-5);
        assertThat(furthest(greyOut, grey)).isGreaterThan(0.1);
    }

    /** The bank splits a signal into parts that sum to it. */
    @Test
    void octavesSumToTheSignal() {
        float[][] bank = OctaveBank.build(4);
        for (int tap = 0; tap < bank[0].length; tap++) {
            double sum = 0;
            for (float[] octave : bank) {
                sum += octave[tap];
            }
            assertThat(sum).as("tap " + tap).isCloseTo(tap == bank[0].length / 2 ? 1 : 0, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"5", "16", "22", "40"})
    void theFilterScalesFlatImagesWhateverTheirSize(long size) {
        Tensor flat = Ops.ones(Devices.CPU, 4, 3, size, size);
        Tensor out = ada(flat, EnumSet.of(AdaTransform.IMGFILTER), 1);
        Tensor first = Ops.slice(Ops.slice(out, 2, 0, 1), 3, 0, 1).expand_as(out);
        assertThat(furthest(out, first)).isLessThan(1e-4);
        assertThat(furthest(first, flat)).isGreaterThan(0.05);
    }

    @Test
    void theFilterOfLargeImagesIsAConvolutionOfThePaddedImage() {
        Tensor x = normal(1, 2, 25, 23);
        Tensor taps = AdaFilter.taps(Ops.tensor(new float[] {1, 2, 0.5f, 3}, 1, 4));
        Tensor kernel = taps.view(1, 1, -1, 1).mul(taps.view(1, 1, 1, -1));
        Tensor padded = torch.reflection_pad2d(x, 21, 21, 21, 21).view(2, 1, 25 + 42, 23 + 42);
        Tensor expected = torch.conv2d(padded, kernel).view_as(x);
        assertThat(furthest(Filters.separable(x, taps), expected)).isLessThan(1e-4);
    }

    @Test
    void noiseHasADeviationOfItsOwnPerImage() {
        Tensor out = ada(Ops.zeros(Devices.CPU, 50, 3, 24, 24), EnumSet.of(AdaTransform.NOISE), 1);
        double[] deviations = Ops.toDoubles(Ops.meanPerSample(Ops.square(out)).sqrt());
        double mean = Ops.meanPerSample(Ops.tensor(deviations, 1, 50)).item_double();
        assertThat(mean).isCloseTo(0.1 * Math.sqrt(2 / Math.PI), within(0.03));
        assertThat(deviations).doesNotHaveDuplicates();
    }

    @Test
    void theCutoutIsAtMostAQuarterAndAtLeastASixteenthOfTheImage() {
        Tensor out = ada(Ops.ones(Devices.CPU, 100, 3, 16, 16), EnumSet.of(AdaTransform.CUTOUT), 1);
        double[] kept = Ops.toDoubles(Ops.meanPerSample(out));
        assertThat(Arrays.stream(kept).boxed())
                .allSatisfy(k -> assertThat(k).isBetween(0.75 - 1e-6, 1 - 1.0 / 16 + 1e-6));
        assertThat(Ops.toFloats(out)).containsOnly(0f, 1f);
    }

    @Test
    void itComputesInSinglePrecisionWhateverSurroundsIt() {
        Tensor x = normal(4, 3, 16, 16);
        Tensor plain = ada(x, AdaSet.BGCFNC.transforms(), 1);
        Tensor within = Autocast.bfloat16(Devices.CPU, () -> ada(x, AdaSet.BGCFNC.transforms(), 1));
        assertThat(within.scalar_type().intern()).isEqualTo(ScalarType.Float);
        assertThat(Ops.toFloats(within)).isEqualTo(Ops.toFloats(plain));
    }
}
