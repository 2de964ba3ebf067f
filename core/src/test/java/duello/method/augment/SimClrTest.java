package duello.method.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimClrTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor colours(long... shape) {
        return new SeededDraws(1, Devices.CPU).uniform(shape);
    }

    private static double furthest(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_double();
    }

    @Test
    void hueSaturationAndValueAreThoseOfEveryoneElse() {
        Tensor rgb = Ops.mul(colours(1, 3, 10, 10), 255).round();
        float[] pixels = Ops.toFloats(rgb);
        float[] hsv = Ops.toFloats(Hsv.ofRgb(Ops.mul(rgb, 1 / 255.0)));
        for (int i = 0; i < 100; i++) {
            float[] expected =
                    Color.RGBtoHSB((int) pixels[i], (int) pixels[100 + i], (int) pixels[200 + i], new float[3]);
            for (int channel = 0; channel < 3; channel++) {
                assertThat(hsv[100 * channel + i]).isCloseTo(expected[channel], within(1e-5f));
            }
        }
    }

    @Test
    void coloursComeBackFromHueSaturationAndValue() {
        Tensor rgb = Ops.cat(
                2,
                colours(2, 3, 8, 8),
                Ops.zeros(Devices.CPU, 2, 3, 1, 8),
                Ops.ones(Devices.CPU, 2, 3, 1, 8),
                colours(2, 1, 1, 8).expand(2, 3, 1, 8));
        assertThat(furthest(Hsv.toRgb(Hsv.ofRgb(rgb)), rgb)).isLessThan(1e-6);
    }

    @Test
    void aThirdOfTheWheelTurnsRedToGreenAndTheGradientPassesUnchanged() {
        Tensor red = Ops.tensor(new float[] {1, 0, 0}, 1, 3, 1, 1).requires_grad_(true);
        Tensor one = Ops.tensor(new float[] {1}, 1);
        Tensor out = ColourJitter.hsv(red, Ops.mul(one, 1 / 3.0), one, one);
        assertThat(furthest(out, Ops.tensor(new float[] {0, 1, 0}, 1, 3, 1, 1))).isLessThan(1e-6);
        assertThat(Ops.toFloats(Ops.grad(Ops.mul(out, 5).sum(), red, false))).containsOnly(5f);
    }

    @Test
    void contrastMovesAwayFromTheMeanOfTheChannelAndClips() {
        Tensor x = Ops.tensor(new float[] {0.2f, 0.6f, 0.1f, 0.1f, 0f, 1f}, 1, 3, 1, 2);
        Tensor out = ColourJitter.contrast(x, Ops.tensor(new float[] {1.4f}, 1));
        assertThat(furthest(out, Ops.tensor(new float[] {0.12f, 0.68f, 0.1f, 0.1f, 0f, 1f}, 1, 3, 1, 2)))
                .isLessThan(1e-6);
    }

    /** Of an image whose value is its column, a crop shows a part of the columns at even distances. */
    @Test
    void cropsShowAPartOfTheImageAtTheSizeOfAll() {
        Tensor x = Ops.range(24, Devices.CPU)
                .to(ScalarType.Float)
                .view(1, 1, 1, 24)
                .expand(200, 1, 24, 24);
        Tensor out = RandomCrop.apply(x, new SeededDraws(1, Devices.CPU));
        double[] left = Ops.toDoubles(out.select(2, 12).select(2, 6).flatten(0, -1));
        double[] right = Ops.toDoubles(out.select(2, 12).select(2, 17).flatten(0, -1));
        double smallest = 1;
        for (int i = 0; i < left.length; i++) {
            double part = (right[i] - left[i]) / 11;
            assertThat(part).isBetween(Math.sqrt(0.2 * 3 / 4) - 0.03, 1.0001);
            smallest = Math.min(smallest, part);
        }
        assertThat(smallest).isLessThan(0.5);
        assertThat(Ops.toFloats(out.min())[0]).isGreaterThanOrEqualTo(0f);
        assertThat(Ops.toFloats(out.max())[0]).isLessThanOrEqualTo(23f);
    }

    @Test
    void onlyVariantsWithACutoutBlackenASquare() {
        Tensor white = Ops.ones(Devices.CPU, 40, 3, 40, 40);
        Tensor plain = new SimClr(SimClr.Variant.HQ).apply(white, new SeededDraws(1, Devices.CPU));
        Tensor cut = new SimClr(SimClr.Variant.HQ_CUTOUT).apply(white, new SeededDraws(1, Devices.CPU));
        assertThat(black(plain)).containsOnly(0.0);
        assertThat(black(cut)).contains(0.0).allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(15 * 15));
        assertThat(black(cut)).anySatisfy(n -> assertThat(n).isPositive());
    }

    private static List<Double> black(Tensor images) {
        Tensor dark = images.select(1, 0).lt(Ops.scalar(-0.99)).to(ScalarType.Float);
        return Arrays.stream(Ops.toDoubles(Ops.sumPerSample(dark))).boxed().toList();
    }

    @Test
    void blurSmoothsAndSmallImagesHaveNone() {
        Tensor x = Ops.add(Ops.mul(colours(30, 3, 40, 40), 2), -1.0);
        double basic = roughness(new SimClr(SimClr.Variant.BASIC).apply(x, new SeededDraws(1, Devices.CPU)));
        double hq = roughness(new SimClr(SimClr.Variant.HQ).apply(x, new SeededDraws(1, Devices.CPU)));
        assertThat(hq).isLessThan(0.9 * basic);
        Tensor small = Ops.slice(Ops.slice(x, 2, 0, 16), 3, 0, 16);
        assertThat(furthest(
                        new SimClr(SimClr.Variant.HQ).apply(small, new SeededDraws(1, Devices.CPU)),
                        new SimClr(SimClr.Variant.BASIC).apply(small, new SeededDraws(1, Devices.CPU))))
                .isLessThan(1e-6);
    }

    private static double roughness(Tensor x) {
        return Ops.slice(x, 3, 1, 40).sub(Ops.slice(x, 3, 0, 39)).abs().mean().item_double();
    }
}
