package duello.bench;

import duello.bench.ResampledCase.Shape;
import duello.catalog.Failure;
import duello.torch.ResampledConv2d.Resample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;

/**
 * The fused resampled convolution against its definition, forward and backward, taking turns in one process. Prints a
 * table of naive / fused: how many times faster the fused form is, as the median over pairs with the least and the most.
 */
public final class LayerRace {
    private static final double TOLERANCE = 1e-4;
    private static final int[][] CHANNELS_AND_SIDE = {{64, 16}, {128, 16}, {256, 8}};

    private LayerRace() {}

    /** Options: {@code --batch --pairs --threads --shrink}; the last divides channels, for a quick look. */
    public static void main(String[] args) {
        try {
            Options options = new Options(args, Set.of("batch", "pairs", "threads", "shrink"));
            torch.set_num_threads(options.number("threads", 2, 1));
            int pairs = options.number("pairs", 15, 1);
            System.out.printf("naive / fused, forward + backward, median of %d pairs (least .. most)%n", pairs);
            for (Shape shape : shapes(options.number("batch", 64, 1), options.number("shrink", 1, 1))) {
                System.out.println(line(shape, race(new ResampledCase(shape), pairs)));
            }
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static List<Shape> shapes(int batch, int shrink) {
        List<Shape> shapes = new ArrayList<>();
        for (int kernel : new int[] {3, 1}) {
            for (Resample resample : List.of(Resample.UP, Resample.DOWN)) {
                for (boolean channelsLast : new boolean[] {false, true}) {
                    for (int[] size : CHANNELS_AND_SIDE) {
                        shapes.add(new Shape(batch, size[0] / shrink, size[1], kernel, resample, channelsLast));
                    }
                }
            }
        }
        return shapes;
    }

    private static Pairs.Summary race(ResampledCase layer, int pairs) {
        if (!(layer.disagreement() < TOLERANCE)) {
            throw new Failure("the two forms do not compute the same: off by " + layer.disagreement());
        }
        layer.fused();
        layer.naive();
        Pairs times = new Pairs();
        for (int i = 0; i < pairs; i++) {
            times.add(milliseconds(layer::fused), milliseconds(layer::naive));
        }
        return times.summary();
    }

    private static double milliseconds(Runnable body) {
        long start = System.nanoTime();
        body.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static String line(Shape s, Pairs.Summary t) {
        return String.format(
                Locale.ROOT,
                "conv%d %-4s %3d channels %2d px  %-13s  %5.2f  (%.2f .. %.2f)   fused %.1f ms, naive %.1f ms",
                s.kernel(),
                s.resample().name().toLowerCase(Locale.ROOT),
                s.channels(),
                s.side(),
                s.channelsLast() ? "channels-last" : "contiguous",
                t.ratio(),
                t.least(),
                t.most(),
                t.first(),
                t.second());
    }
}
