package duello.method.adapt;

import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How the positions of maps are alike, as RSSA compares it between two generators. */
final class Correlation {
    private static final double EPS = 1e-12;

    private Correlation() {}

    /** Every position with every other of the same map: {@code [B, C, H, W] -> [B, P, P]}, the cosines over channels. */
    static Tensor within(Tensor maps) {
        Tensor positions = positions(maps);
        return Cosines.exactly(maps, () -> positions.bmm(positions.transpose(1, 2)));
    }

    /** The positions of one map with those of another, as weights: {@code [B, P, P]}, softmax over the other's positions. */
    static Tensor between(Tensor one, Tensor other) {
        Tensor products =
                Cosines.exactly(one, () -> positions(one).bmm(positions(other).transpose(1, 2)));
        return products.softmax(2, new ScalarTypeOptional());
    }

    /** Unit vectors over channels: {@code [B, C, H, W] -> [B, P, C]}. */
    private static Tensor positions(Tensor maps) {
        return Ops.unit(Cosines.wide(maps).flatten(2, 3).transpose(1, 2), EPS);
    }

    /** The mean smooth L1 distance of self-correlations of windows. */
    static Tensor self(Tensor source, Tensor target) {
        return torch.smooth_l1_loss(within(target), within(source));
    }

    /**
     * RSSA's disturbance correlation of batches of maps: over all pairs of images the mean of the absolute differences of
     * {@link #between}, times the number of positions.
     *
     * @param windows into how many rows and columns of windows maps are cut
     */
    static Tensor disturbance(Tensor source, Tensor target, long windows) {
        long count = source.size(0);
        List<Tensor> pairs = new ArrayList<>();
        for (long j = 0; j + 1 < count; j++) {
            Tensor wanted = withLater(source, j, windows);
            Tensor ours = withLater(target, j, windows);
            pairs.add(Ops.mul(ours.sub(wanted).abs().mean(), (double) wanted.size(1) * (count - j - 1)));
        }
        double all = count * (count - 1) / 2.0;
        return Ops.mul(pairs.stream().reduce(Tensor::add).orElseThrow(), 1 / all);
    }

    /** Map j with each of those after it, window by window. */
    private static Tensor withLater(Tensor maps, long j, long windows) {
        long count = maps.size(0);
        Tensor repeated = Ops.rows(maps, j, j + 1).expand(count - j - 1, -1, -1, -1);
        return between(windows(repeated, windows), windows(Ops.rows(maps, j + 1, count), windows));
    }

    /** Cut into {@code n x n} windows, which become samples: {@code [B, C, H, W] -> [B n n, C, H / n, W / n]}. */
    static Tensor windows(Tensor maps, long n) {
        if (n == 1) {
            return maps;
        }
        long h = maps.size(2) / n;
        long w = maps.size(3) / n;
        return maps.unfold(2, h, h).unfold(3, w, w).permute(0, 2, 3, 1, 4, 5).reshape(-1, maps.size(1), h, w);
    }

    /** The four quarters of maps and the one in the middle, as samples: {@code [B, C, H, W] -> [5 B, C, H / 2, W / 2]}. */
    static Tensor fiveWindows(Tensor maps) {
        long h = maps.size(2) / 2;
        long w = maps.size(3) / 2;
        Tensor middle = Ops.slice(Ops.slice(maps, 2, h / 2, h / 2 + h), 3, w / 2, w / 2 + w);
        return Ops.cat(0, windows(Ops.slice(Ops.slice(maps, 2, 0, 2 * h), 3, 0, 2 * w), 2), middle);
    }
}
