package duello.method.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.method.Augment;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every augmentation promises whatever is drawn, on images that are neither square nor large. */
class AugmentsTest {
    private static final long BATCH = 6;
    private static final long HEIGHT = 14;
    private static final long WIDTH = 20;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<Augment> every() {
        Stream<Augment> others = Stream.of(new DiffAugment(List.of(DiffAugment.Kind.values())), new FlipShift());
        Stream<Augment> ada = Arrays.stream(AdaSet.values()).map(set -> new AdaTransforms(set, 0.7));
        Stream<Augment> views = Arrays.stream(SimClr.Variant.values()).map(SimClr::new);
        return Stream.of(others, ada, views).flatMap(s -> s);
    }

    private static Tensor images() {
        return Ops.add(Ops.mul(new SeededDraws(1, Devices.CPU).uniform(BATCH, 3, HEIGHT, WIDTH), 2), -1.0);
    }

    private static Draws draws(long seed) {
        return new SeededDraws(seed, Devices.CPU);
    }

    @ParameterizedTest
    @MethodSource("every")
    void theSameDrawsGiveTheSameBitsAndOthersDoNot(Augment augment) {
        Tensor x = images();
        float[] once = Ops.toFloats(augment.apply(x, draws(5)));
        assertThat(Ops.toFloats(augment.apply(x, draws(5)))).isEqualTo(once);
        assertThat(Ops.toFloats(augment.apply(x, draws(6)))).isNotEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("every")
    void shapesStayAndValuesAreFinite(Augment augment) {
        for (long seed = 0; seed < 5; seed++) {
            Tensor out = augment.apply(images(), draws(seed));
            assertThat(Ops.shape(out)).containsExactly(BATCH, 3, HEIGHT, WIDTH);
            assertThat(out.isfinite().all().item_bool()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void anImageDoesNotShowInItsNeighbours(Augment augment) {
        Tensor x = images();
        Tensor other = Ops.cat(0, Ops.rows(x, 0, 2), Ops.mul(Ops.rows(x, 2, 3), -0.5), Ops.rows(x, 3, BATCH));
        Tensor one = augment.apply(x, draws(7));
        Tensor two = augment.apply(other, draws(7));
        for (long i = 0; i < BATCH; i++) {
            boolean same = torch.allclose(one.select(0, i), two.select(0, i), 0, 1e-6, false);
            assertThat(same).as("image " + i).isEqualTo(i != 2);
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void theGradientReachesEveryImageOnce(Augment augment) {
        Tensor x = images().requires_grad_(true);
        Tensor gradient = Ops.grad(Ops.square(augment.apply(x, draws(3))).sum(), x, false);
        assertThat(gradient.isfinite().all().item_bool()).isTrue();
        assertThat(Ops.toFloats(Ops.sumPerSample(Ops.square(gradient)))).doesNotContain(0f);
    }

    /** A gradient penalty differentiates the gradient again. */
    @ParameterizedTest
    @MethodSource("every")
    void theGradientCanBeDifferentiatedAgain(Augment augment) {
        Tensor x = images().requires_grad_(true);
        Tensor gradient = Ops.grad(augment.apply(x, draws(3)).pow(Ops.scalar(3)).sum(), x, true);
        Tensor again = Ops.grad(Ops.square(gradient).sum(), x, false);
        assertThat(again.isfinite().all().item_bool()).isTrue();
        assertThat(again.abs().sum().item_double()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(AdaSet.class)
    void withoutProbabilityAdaLeavesImagesAsTheyAre(AdaSet set) {
        Tensor x = images();
        Tensor out = new AdaTransforms(set, 0).apply(x, draws(2));
        assertThat(Ops.toFloats(out.sub(x).abs().max())[0]).isLessThan(1e-5f);
    }

    @Test
    void adaChangesAsManyImagesAsTheProbabilitySays() {
        Tensor x = new SeededDraws(1, Devices.CPU).normal(400, 3, 8, 8);
        Tensor out = new AdaTransforms(AdaSet.CUTOUT, 0.3).apply(x, draws(2));
        double changed = out.ne(x).flatten(1, -1).any(1, false).sum().item_double() / 400;
        assertThat(changed).isCloseTo(0.3, within(0.07));
    }

    @Test
    void simClrStaysInTheRangeOfImages() {
        Tensor x = images();
        for (SimClr.Variant variant : SimClr.Variant.values()) {
            Tensor out = new SimClr(variant).apply(x, draws(4));
            assertThat(Ops.toFloats(out.abs().max())[0]).as(variant.name()).isLessThan(1.00001f);
        }
    }

    @Test
    void flipShiftTakesEveryPixelFromTheImage() {
        Tensor x = Ops.range(8 * 9, Devices.CPU)
                .to(torch.ScalarType.Float)
                .view(1, 1, 8, 9)
                .expand(40, 3, 8, 9);
        Tensor out = new FlipShift().apply(x, draws(1));
        assertThat(Ops.toFloats(out.remainder(Ops.scalar(1)).abs().max())[0]).isZero();
        assertThat(Ops.toFloats(out.max())[0]).isLessThan(72f);
        double flipped = Ops.slice(out, 3, 0, 1)
                .gt(Ops.slice(out, 3, 8, 9))
                .flatten(1, -1)
                .all(1, false)
                .sum()
                .item_double();
        assertThat(flipped).isBetween(8.0, 32.0);
    }
}
