package duello.method.augment;

import static org.assertj.core.api.Assertions.assertThat;

import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resampling against the same sequence of operations written with libtorch's own, one after the other. */
class WarpTest {
    private static final long BATCH = 24;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor images(long height, long width) {
        return new SeededDraws(1, Devices.CPU).normal(BATCH, 2, height, width);
    }

    /** Rotations, stretches and shifts, some so far that they leave the mirrored image. */
    private static Tensor maps(long size, double spread) {
        SeededDraws draws = new SeededDraws(2, Devices.CPU);
        Tensor stretch = Ops.mul(draws.normal(2, BATCH), 0.3 * spread).exp2();
        Tensor shift = Ops.mul(draws.normal(2, BATCH), 0.3 * spread * size);
        return Affine.rotation(Ops.mul(draws.normal(BATCH), 2))
                .bmm(Affine.scaling(stretch.select(0, 0), stretch.select(0, 1)))
                .bmm(Affine.translation(shift.select(0, 0), shift.select(0, 1)));
    }

    private static double furthest(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_double();
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 1", "6, 7, 1", "8, 8, 1", "16, 16, 0.3", "16, 16, 4", "13, 24, 2"})
    void matricesAndFoldedMemoryChangeNothing(long height, long width, double spread) {
        Tensor x = images(height, width);
        Tensor maps = maps(width, spread);
        assertThat(furthest(Warp.apply(x, maps), stepByStep(x, maps))).isLessThan(2e-4);
    }

    @Test
    void aWholeShiftMovesPixelsAndMirrorsTheBorder() {
        Tensor x = images(8, 8);
        Tensor shift = Affine.translation(of(x, 3), of(x, -2));
        Tensor rows = Reflect.into(Ops.add(Ops.range(8, Devices.CPU), -2), 8);
        Tensor columns = Reflect.into(Ops.add(Ops.range(8, Devices.CPU), 3), 8);
        Tensor expected = x.index_select(2, rows).index_select(3, columns);
        assertThat(furthest(Warp.apply(x, shift), expected)).isLessThan(5e-5);
    }

    @Test
    void gradientsAreThoseOfTheSteps() {
        Tensor x = images(9, 12).requires_grad_(true);
        Tensor maps = maps(12, 1);
        Tensor weights = new SeededDraws(3, Devices.CPU).normal(Ops.shape(x));
        Tensor ours = Ops.grad(Warp.apply(x, maps).mul(weights).sum(), x, false);
        Tensor theirs = Ops.grad(stepByStep(x, maps).mul(weights).sum(), x, false);
        assertThat(furthest(ours, theirs)).isLessThan(1e-3);
    }

    /** The published sequence of operations, by libtorch's own, with mirrors as wide as they can be. */
    private static Tensor stepByStep(Tensor x, Tensor inverse) {
        long h = x.size(2);
        long w = x.size(3);
        Tensor taps = SymletFilter.taps(Devices.CPU);
        Tensor padded = torch.reflection_pad2d(x, w - 1, w - 1, h - 1, h - 1);
        long height = 2 * padded.size(2);
        long width = 2 * padded.size(3);
        Tensor spread = torch.zeros(new long[] {x.size(0) * x.size(1), 1, height, width}, Ops.floats(Devices.CPU));
        spread.slice(2, opt(0), opt(height), 2)
                .slice(3, opt(0), opt(width), 2)
                .copy_(padded.flatten(0, 1).unsqueeze(1));
        Tensor up = Ops.mul(filtered(torch.constant_pad_nd(spread, 6, 5, 6, 5), taps.flip(0), 1), 4)
                .view(x.size(0), x.size(1), height, width);
        Tensor doubled = Affine.scaling(two(x), two(x)).bmm(inverse).bmm(Affine.scaling(half(x), half(x)));
        Tensor shifted =
                Affine.translation(half(x).neg(), half(x).neg()).bmm(doubled).bmm(Affine.translation(half(x), half(x)));
        long[] target = {x.size(0), x.size(1), 2 * (h + 6), 2 * (w + 6)};
        Tensor unit = Affine.scaling(of(x, 2.0 / width), of(x, 2.0 / height))
                .bmm(shifted)
                .bmm(Affine.scaling(of(x, target[3] / 2.0), of(x, target[2] / 2.0)));
        Tensor grid = torch.affine_grid_generator(Ops.slice(unit, 1, 0, 2), target, false);
        Tensor sampled = torch.grid_sampler(up, grid, 0, 0, false);
        Tensor cropped = Ops.slice(Ops.slice(sampled, 2, 1, target[2] - 1), 3, 1, target[3] - 1);
        return filtered(cropped.flatten(0, 1).unsqueeze(1), taps, 2).view_as(x);
    }

    private static LongOptional opt(long n) {
        return new LongOptional(n);
    }

    private static Tensor filtered(Tensor x, Tensor taps, long stride) {
        Tensor kernel = taps.view(1, 1, -1, 1).mul(taps.view(1, 1, 1, -1));
        return torch.conv2d(
                x, kernel, Ops.none(), new long[] {stride, stride}, new long[] {0, 0}, new long[] {1, 1}, 1);
    }

    private static Tensor of(Tensor x, double value) {
        return torch.full(new long[] {x.size(0)}, Ops.scalar(value), Ops.floats(Devices.CPU));
    }

    private static Tensor two(Tensor x) {
        return of(x, 2);
    }

    private static Tensor half(Tensor x) {
        return of(x, 0.5);
    }
}
